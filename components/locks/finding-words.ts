import type { LockView } from '@/lib/queries/lock-responses'
import type { Finding } from '@/lib/recipes/finding'

export function findingWords(finding: Finding, _view: LockView) {
  return { title: finding.code.replaceAll('-', ' '), sentence: Object.values(finding.facts).join(', '), advice: '' }
}
