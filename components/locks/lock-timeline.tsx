'use client'

import { useRef, useState } from 'react'
import { cn } from '@/components/ui/cn'
import type { LockHistoryResponse, LockView } from '@/lib/queries/lock-responses'
import {
  LANES_NOT_DRAWN,
  NO_TURNS,
  SPAN_OF_TIME,
  TIMELINE_CHOICES,
  TIMELINE_TITLE,
  TIMELINE_WORDS,
} from '@/lib/text/lock-timeline'
import { liveTurns } from './live-turns'
import { useServerNow } from './lock-clock'
import { Percentiles } from './percentiles'
import { TimelineChart } from './timeline-chart'
import { layOutTimeline, NAMED_PITCH } from './timeline-layout'
import { useCalm } from './use-calm'
import { useWidth } from './use-width'

type Reach = keyof typeof TIMELINE_CHOICES
const REACHES = Object.keys(TIMELINE_CHOICES) as readonly Reach[]
const REACH_MS = { '20s': 20_000, '5m': 300_000 } as const
/** Drawings a second: no faster than an eye follows a bar that moves by a pixel. */
const TICK_MS = { '20s': 100, '5m': 500, all: 1000 } as const
const CALM_TICK_MS = 1000
/** Of the chart, before lanes get their names beside them. */
const WIDE = 640
const LABELS = 132

/** Who held and who waited, over time, as far as somebody watched; and how long they did. */
export function LockTimeline({ history, view }: { history: LockHistoryResponse; view: LockView }) {
  const [reach, setReach] = useState<Reach>('20s')
  const calm = useCalm()
  const now = useServerNow(calm ? CALM_TICK_MS : TICK_MS[reach])
  const box = useRef<HTMLDivElement>(null)
  const whole = useWidth(box)
  const turns = liveTurns(history, view)
  const oldest = turns.reduce(
    (min, { queuedAt, heldAt }) => Math.min(min, queuedAt ?? heldAt ?? min),
    history.watchedSince,
  )
  const from = reach === 'all' ? Math.min(oldest, now - 1000) : now - REACH_MS[reach]
  const input = { turns, gaps: history.gaps, watchedSince: history.watchedSince, from, to: now }
  const bare = layOutTimeline({ ...input, width: whole })
  // Many lanes are too thin to be named beside.
  const labels = whole >= WIDE && bare.pitch >= NAMED_PITCH ? LABELS : 0
  const layout = labels === 0 ? bare : layOutTimeline({ ...input, width: whole - labels })
  return (
    <section className="pb-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 pb-2">
        <h2 className="text-xs font-medium text-ink-2">
          {TIMELINE_TITLE[reach]}: {TIMELINE_WORDS}
        </h2>
        <fieldset className="flex rounded-md border border-line" aria-label={SPAN_OF_TIME}>
          {REACHES.map((choice) => (
            <label
              key={choice}
              className={cn(
                'flex h-6 items-center px-2 text-[11.5px] first-of-type:rounded-l-md last-of-type:rounded-r-md has-focus-visible:outline-2 has-focus-visible:outline-accent',
                choice === reach ? 'bg-selected text-ink' : 'text-ink-2 hover:bg-hover',
              )}
            >
              <input
                type="radio"
                name="timeline-reach"
                className="sr-only"
                checked={choice === reach}
                onChange={() => setReach(choice)}
              />
              {TIMELINE_CHOICES[choice]}
            </label>
          ))}
        </fieldset>
        {layout.lanesNotDrawn > 0 && (
          <span className="text-[11.5px] text-ink-3">{LANES_NOT_DRAWN(layout.lanesNotDrawn)}</span>
        )}
      </div>
      <div className="flex flex-wrap items-start gap-x-5 gap-y-3">
        <div ref={box} className="min-w-0 flex-1 basis-72">
          {layout.bars.length === 0 && layout.gaps.length === 0 ? (
            <p className="rounded-lg border border-line bg-bg px-3 py-4 text-ink-3">{NO_TURNS}</p>
          ) : (
            <TimelineChart layout={layout} from={from} now={now} width={Math.max(0, whole - labels)} labels={labels} />
          )}
        </div>
        <Percentiles figures={view.figures} />
      </div>
    </section>
  )
}
