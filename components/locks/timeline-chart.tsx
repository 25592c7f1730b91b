// biome-ignore-all lint/a11y/useSemanticElements: a select cannot hold a picture
'use client'

import { type KeyboardEvent, type PointerEvent, useId, useState } from 'react'
import { KEYS_HINT, NOT_SEEN, TIMELINE_LABEL } from '@/lib/text/lock-timeline'
import { SPAN } from '@/lib/text/locks'
import { type Bar, barAt, laneTop, type TimelineLayout } from './timeline-layout'
import { TimelineLegend } from './timeline-legend'
import { turnInWords } from './turn-words'

const COLUMNS = 10
/** px of a gap that has room for its words */
const WORDS_WIDTH = 64

/**
 * The turns as bars. One stop for the Tab key, the arrows go from turn to turn; the pointer, or they, choose the turn that
 * stands in words below.
 */
export function TimelineChart({
  layout,
  from,
  now,
  width,
  labels,
}: {
  layout: TimelineLayout
  from: number
  now: number
  width: number
  /** px beside the bars for the names of the lanes; 0: there is no room. */
  labels: number
}) {
  const id = useId()
  const [chosen, setChosen] = useState<string | null>(null)
  const [focused, setFocused] = useState(false)
  const { bars, height } = layout
  const found = bars.findIndex((bar) => keyOf(bar) === chosen)
  // Without a choice the keys begin at the newest turn.
  const at = found === -1 ? bars.length - 1 : found
  const bar = bars[at]
  const marked = bar !== undefined && (found !== -1 || focused)

  function onKeyDown(event: KeyboardEvent) {
    const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: bars.length - 1 }[event.key]
    if (to === undefined || bars.length === 0) return
    event.preventDefault()
    const next = bars[Math.max(0, Math.min(to, bars.length - 1))]
    if (next !== undefined) setChosen(keyOf(next))
  }

  function onPointerMove(event: PointerEvent) {
    const box = event.currentTarget.getBoundingClientRect()
    const hit = barAt(layout, { x: event.clientX - box.left, y: event.clientY - box.top })
    setChosen(hit === null ? null : keyOf(hit))
  }

  return (
    <>
      <div className="flex">
        {labels > 0 && (
          <div aria-hidden className="relative flex-none text-[11px] text-ink-3" style={{ width: labels, height }}>
            {layout.lanes.map(({ key, label }, lane) => (
              <span
                key={key}
                title={label}
                className="absolute inset-x-0 truncate pr-3 leading-none"
                style={{ top: laneTop(lane, layout) + (layout.bar - 11) / 2 + 1 }}
              >
                {label}
              </span>
            ))}
          </div>
        )}
        <div
          role="listbox"
          aria-label={TIMELINE_LABEL}
          aria-orientation="horizontal"
          aria-activedescendant={bar === undefined ? undefined : `${id}turn`}
          title={KEYS_HINT}
          tabIndex={0}
          onKeyDown={onKeyDown}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          onPointerMove={onPointerMove}
          onPointerLeave={() => setChosen(null)}
          className="relative min-w-0 flex-1 overflow-hidden rounded-lg border border-line bg-bg"
          style={{ height }}
        >
          <Bars layout={layout} width={width} id={id} />
          {layout.gaps
            .filter((gap) => gap.width > WORDS_WIDTH)
            .map((gap) => (
              <span
                key={gap.x}
                aria-hidden
                className="absolute top-1/2 -translate-y-1/2 rounded bg-bg px-1 text-center text-[11px] text-ink-3"
                style={{ left: gap.x + gap.width / 2 - WORDS_WIDTH / 2, width: WORDS_WIDTH }}
              >
                {NOT_SEEN}
              </span>
            ))}
          {bar !== undefined && (
            // biome-ignore lint/a11y/useFocusableInteractive: the chart has the focus, and names the chosen turn
            <div
              role="option"
              id={`${id}turn`}
              aria-selected={marked}
              aria-label={turnInWords(bar.turn, now)}
              aria-posinset={at + 1}
              aria-setsize={bars.length}
              className={marked ? 'absolute rounded-[3px] outline-2 outline-offset-1 outline-ink' : 'absolute'}
              style={{
                left: bar.start,
                width: bar.end - bar.start,
                top: laneTop(bar.lane, layout),
                height: layout.bar,
              }}
            />
          )}
        </div>
      </div>
      <div aria-hidden className="flex justify-between pt-0.5 text-[11px] text-ink-3" style={{ marginLeft: labels }}>
        <span>−{SPAN(now - from)}</span>
        <span>−{SPAN((now - from) / 2)}</span>
        <span>0</span>
      </div>
      <p aria-hidden className="min-h-[18px] truncate text-xs text-ink-2">
        {marked ? turnInWords(bar.turn, now) : <TimelineLegend />}
      </p>
    </>
  )
}

function Bars({ layout, width, id }: { layout: TimelineLayout; width: number; id: string }) {
  const { height } = layout
  return (
    <svg className="absolute inset-0 size-full" aria-hidden="true">
      <defs>
        <pattern id={`${id}gap`} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <path d="M0 0v6" className="stroke-line" strokeWidth="3" />
        </pattern>
      </defs>
      {Array.from({ length: COLUMNS - 1 }, (_, column) => {
        const x = Math.round(((column + 1) * width) / COLUMNS) + 0.5
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        return <path key={column} d={`M${x} 0v${height}`} className="stroke-line-soft" />
      })}
      {layout.gaps.map((gap) => (
        <rect key={gap.x} x={gap.x} width={gap.width} height={height} fill={`url(#${id}gap)`} />
      ))}
      <path d={layout.waited} className="fill-wait opacity-30" />
      <path d={layout.held} className="fill-accent" />
    </svg>
  )
}

function keyOf({ turn }: Bar): string {
  return `${turn.name} ${turn.queuedAt ?? ''} ${turn.session ?? ''}`
}
