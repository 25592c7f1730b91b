import type { EvidenceView } from '@/lib/queries/lock-responses'
import { missingInWords, TOLD_WORDS } from '@/lib/text/lock-evidence'
import { EVIDENCE_SHORT, EVIDENCE_TITLE } from '@/lib/text/sessions'

/** What servers did not tell, and which setting would make them; nothing where all was told. */
export function EvidenceNote({ evidence }: { evidence: EvidenceView }) {
  const lines = evidenceLines(evidence)
  if (evidence.missing.length === 0 && evidence.connections === 'by every server') return null
  return (
    <details className="flex-none border-t border-line px-4 py-1.5 text-xs text-ink-2">
      <summary className="min-h-6 leading-6">
        {EVIDENCE_TITLE}
        {evidence.missing.length > 0 && (
          <span className="ml-2 text-ink-3">{EVIDENCE_SHORT(evidence.missing.length)}</span>
        )}
      </summary>
      <EvidenceLines lines={lines} />
    </details>
  )
}

export function EvidenceLines({ lines }: { lines: readonly string[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <ul tabIndex={0} aria-label={EVIDENCE_TITLE} className="max-h-48 overflow-y-auto pb-1 text-xs text-ink-2">
      {lines.map((line) => (
        <li key={line} className="border-t border-line-soft py-1 wrap-anywhere first:border-0">
          {line}
        </li>
      ))}
    </ul>
  )
}

export function evidenceLines(evidence: EvidenceView): readonly string[] {
  return [TOLD_WORDS.connections[evidence.connections], ...new Set(missingInWords(evidence))]
}
