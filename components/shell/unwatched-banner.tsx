import { Banner } from '@/components/ui/banner'
import { UNWATCHED, UNWATCHED_TITLE } from '@/lib/text/load'

/** One browser may look at so much at a time; what it opened before that is no longer current. */
export function UnwatchedBanner({ count }: { count: number }) {
  return (
    <Banner tone="changed" title={UNWATCHED_TITLE} className="mx-3 my-2 flex-none">
      {UNWATCHED(count)}
    </Banner>
  )
}
