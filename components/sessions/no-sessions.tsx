import type { EvidenceView } from '@/lib/queries/lock-responses'
import { NONE_TITLE, NONE_WORDS } from '@/lib/text/sessions'
import { EvidenceLines, evidenceLines } from './evidence-note'

/** Nothing is known of any session: why, and which setting would show them. */
export function NoSessions({ evidence }: { evidence: EvidenceView }) {
  return (
    <div className="mx-4 my-2 max-w-2xl rounded-lg border border-line px-4 py-3">
      <h2 className="font-medium">{NONE_TITLE}</h2>
      <p className="pb-2 text-ink-2">{NONE_WORDS}</p>
      <EvidenceLines lines={evidenceLines(evidence)} />
    </div>
  )
}
