import { VisibleName } from '@/components/ui/visible-name'
import type { LockView } from '@/lib/queries/lock-responses'
import { PAYLOAD_TITLE } from '@/lib/text/locks'

/** Longer values are for Browse. */
const MAX = 200

/** What the data of the directory says, decoded by the rules of who writes it. */
export function PayloadList({ view: { payload } }: { view: LockView }) {
  if (payload.length === 0) return null
  return (
    <section>
      <h2 className="pb-1 text-xs font-medium text-ink-2">{PAYLOAD_TITLE}</h2>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-4 text-xs">
        {payload.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="border-b border-line-soft py-1 text-ink-2">{name}</dt>
            <dd className="min-w-0 border-b border-line-soft py-1 font-mono wrap-anywhere">
              <VisibleName name={value} max={MAX} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
