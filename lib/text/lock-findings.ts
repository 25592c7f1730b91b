import type { Finding, FindingCode } from '@/lib/recipes/finding'
import { Facts, type FindingWords } from './lock-finding-words'
import { SESSION_FINDINGS } from './lock-findings-sessions'
import { ZNODE_FINDINGS } from './lock-findings-znodes'

const WORDS: Readonly<Record<FindingCode, (facts: Facts) => FindingWords>> = { ...SESSION_FINDINGS, ...ZNODE_FINDINGS }

/** What a finding says, exactly as sure as it is: what is possible never reads as more. */
export function findingInWords(finding: Finding): FindingWords {
  const { title, sentence, advice } = WORDS[finding.code](new Facts(finding))
  // It may begin with "the znode itself"; names stand in quotes and stay as they are.
  return { title, sentence: sentence.charAt(0).toUpperCase() + sentence.slice(1), advice }
}
