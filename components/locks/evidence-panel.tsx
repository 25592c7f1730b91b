import type { LockView } from '@/lib/queries/lock-responses'
import {
  ALL_TOLD,
  AS_OF,
  EVIDENCE_TITLE,
  MISSING_SETTING,
  MISSING_WHAT,
  TOLD,
  UNKNOWABLE_TITLE,
} from '@/lib/text/locks'
import { formatDuration } from '@/lib/znode/times'
import { useServerNow } from './lock-clock'

/** What the servers tell, which setting would make them tell more, and what none of them ever can. */
export function EvidencePanel({ view }: { view: LockView }) {
  const { evidence, unknowable } = view
  const all = evidence.watches === 'by every server' && evidence.connections === 'by every server'
  return (
    <>
      <section>
        <h2 className="pb-1 text-xs font-medium text-ink-2">{EVIDENCE_TITLE}</h2>
        <div className="text-xs text-ink-2">
          {all ? (
            <p>{ALL_TOLD}</p>
          ) : (
            <>
              <p>{TOLD('watches', evidence.watches)}</p>
              <p>{TOLD('connections', evidence.connections)}</p>
            </>
          )}
          {evidence.asOf !== null && <Age of={evidence.asOf} />}
          {evidence.missing.length > 0 && (
            <ul className="pt-1">
              {evidence.missing.map(({ server, what, why }) => (
                <li key={`${server} ${what}`} className="border-t border-line-soft py-1 wrap-anywhere">
                  {server !== '' && <span className="font-mono text-ink">{server} </span>}
                  {MISSING_WHAT[what]}: {MISSING_SETTING[why]}
                </li>
              ))}
            </ul>
          )}
        </div>
      </section>
      {unknowable.length > 0 && (
        <section>
          <h2 className="pb-1 text-xs font-medium text-ink-2">{UNKNOWABLE_TITLE}</h2>
          <ul className="text-xs text-ink-2">
            {unknowable.map((code) => (
              <li key={code} className="border-t border-line-soft py-1">
                {code.replaceAll('-', ' ')}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
}

function Age({ of }: { of: number }) {
  const now = useServerNow(1000)
  return <p>{AS_OF(formatDuration(Math.max(0, now - of)))}</p>
}
