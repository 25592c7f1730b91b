import type { LockView } from '@/lib/queries/lock-responses'
import { explain } from '@/lib/text/lock-explained'
import { HOW_TITLE, USUALLY_WRONG } from '@/lib/text/locks'
import { HowPicture } from './how-picture'

/** How this kind of lock works, and what goes wrong with it, told and drawn with who is there now. */
export function HowItWorks({ view }: { view: LockView }) {
  const { how, wrong } = explain(view)
  return (
    <section>
      <h2 className="pb-1 text-xs font-medium text-ink-2">{HOW_TITLE}</h2>
      <HowPicture view={view} />
      <p className="text-xs text-ink-2 wrap-anywhere">{how.join(' ')}</p>
      <p className="pt-1.5 text-xs text-ink-2 wrap-anywhere">
        <span className="font-medium text-ink">{USUALLY_WRONG}:</span> {wrong}
      </p>
    </section>
  )
}
