import { PERCENTILES } from '@/lib/text/lock-timeline'

/** Which colour is which. */
export function TimelineLegend() {
  return (
    <span className="flex gap-4 text-[11.5px] text-ink-3">
      <span className="flex items-center gap-1.5">
        <span className="h-2 w-4 rounded-[2px] bg-accent" />
        {PERCENTILES.held}
      </span>
      <span className="flex items-center gap-1.5">
        <span className="h-2 w-4 rounded-[2px] bg-wait opacity-30" />
        {PERCENTILES.waited}
      </span>
    </span>
  )
}
