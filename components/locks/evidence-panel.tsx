import type { LockView } from '@/lib/queries/lock-responses'
import { missingInWords, TOLD_WORDS } from '@/lib/text/lock-evidence'
import { UNKNOWABLE_WORDS } from '@/lib/text/lock-unknowns'
import { AS_OF, EVIDENCE_TITLE, UNKNOWABLE_TITLE } from '@/lib/text/locks'
import { formatDuration } from '@/lib/znode/times'
import { useServerNow } from './lock-clock'

/** What nobody can know from outside, what the servers tell, and which setting would make them tell more. */
export function EvidencePanel({ view: { evidence, unknowable } }: { view: LockView }) {
  const line = 'border-t border-line-soft py-1 wrap-anywhere first:border-0'
  return (
    <>
      {unknowable.length > 0 && (
        <section>
          <h2 className="pb-1 text-xs font-medium text-ink-2">{UNKNOWABLE_TITLE}</h2>
          <ul className="text-xs text-ink-2">
            {unknowable.map((code) => (
              <li key={code} className={line}>
                {UNKNOWABLE_WORDS[code]}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2 className="pb-1 text-xs font-medium text-ink-2">{EVIDENCE_TITLE}</h2>
        <ul className="text-xs text-ink-2">
          <li className={line}>{TOLD_WORDS.watches[evidence.watches]}</li>
          <li className={line}>{TOLD_WORDS.connections[evidence.connections]}</li>
          {missingInWords(evidence).map((words) => (
            <li key={words} className={line}>
              {words}
            </li>
          ))}
          {evidence.asOf !== null && <Age of={evidence.asOf} className={line} />}
        </ul>
      </section>
    </>
  )
}

function Age({ of, className }: { of: number; className: string }) {
  const now = useServerNow(1000)
  return <li className={className}>{AS_OF(formatDuration(Math.max(0, now - of)))}</li>
}
