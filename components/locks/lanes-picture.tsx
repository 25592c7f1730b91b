'use client'

import { useLayoutEffect, useRef, useState } from 'react'
import { cn } from '@/components/ui/cn'
import type { LockView } from '@/lib/queries/lock-responses'
import { KINDS } from '@/lib/text/lock-kinds'
import { EXCLUSIVE, MORE, MORE_LABEL, PICTURE_LABEL, RUN_OF_READERS, SHARED } from '@/lib/text/locks'
import { ContenderCard } from './contender-card'
import { identityOf } from './contender-words'
import { EdgeLayer } from './edge-layer'
import { type Run, runEdges, runsOf } from './lane-runs'
import { useFlip } from './use-flip'

/** Runs in a row; more are a number. */
const MOST_RUNS = 8
/** Readers of one run that have a card. */
const MOST_READERS = 3

/**
 * A read-write lock: time goes to the right, writers stand in the upper lane and readers, who may hold together, in the
 * lower one. Arrows go over the lanes, because a reader may wait for a writer far before him.
 */
export function LanesPicture({ view, onMore }: { view: LockView; onMore: (row: number) => void }) {
  const box = useRef<HTMLOListElement>(null)
  const runs = runsOf(view.contenders)
  const shown = runs.slice(0, MOST_RUNS)
  const drawn = shown.reduce((sum, { contenders }) => sum + contenders.length, 0)
  useFlip(box, view.contenders.slice(0, drawn).map(identityOf).join('\n'))
  const [, setLaidOut] = useState(false)
  useLayoutEffect(() => setLaidOut(true), [])
  if (view.total === 0) return <p className="py-3 text-ink-2">{KINDS[view.kind].empty}</p>
  const left = view.total - drawn
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section aria-label={PICTURE_LABEL} tabIndex={0} className="-mx-5 overflow-x-auto px-5 py-3">
      <ol
        ref={box}
        aria-label={PICTURE_LABEL}
        className="relative grid w-max auto-cols-max grid-flow-col grid-rows-[auto_auto] gap-x-9 gap-y-3"
      >
        <li aria-hidden className="row-start-1 self-center text-[11.5px] text-ink-3">
          {EXCLUSIVE}
        </li>
        <li aria-hidden className="row-start-2 self-center text-[11.5px] text-ink-3">
          {SHARED}
        </li>
        {shown.map((run, index) => (
          <RunView
            key={identityOf(run.contenders[0] as (typeof run.contenders)[0])}
            run={run}
            column={index + 2}
            onMore={onMore}
            before={drawnBefore(shown, index)}
          />
        ))}
        {left > 0 && (
          <li className="row-span-2 self-center" style={{ gridColumnStart: shown.length + 2 }}>
            <button
              type="button"
              aria-label={MORE_LABEL(left)}
              onClick={() => onMore(drawn)}
              className="min-h-7 rounded-md px-2 text-ink-2 hover:bg-hover hover:text-ink"
            >
              {MORE(left)} ›
            </button>
          </li>
        )}
        <EdgeLayer box={box} edges={runEdges(shown)} />
      </ol>
    </section>
  )
}

function drawnBefore(runs: readonly Run[], index: number): number {
  return runs.slice(0, index).reduce((sum, { contenders }) => sum + contenders.length, 0)
}

function RunView({
  run: { lane, state, contenders },
  column,
  before,
  onMore,
}: {
  run: Run
  column: number
  before: number
  onMore: (row: number) => void
}) {
  const cards = contenders.slice(0, MOST_READERS)
  const left = contenders.length - cards.length
  const many = contenders.length > 1
  return (
    <li
      data-run={column - 2}
      data-flip={identityOf(contenders[0] as (typeof contenders)[0])}
      className={cn(
        'self-start',
        lane === 'exclusive' ? 'row-start-1' : 'row-start-2',
        many && 'rounded-xl border border-line-soft bg-bg p-1.5',
      )}
      style={{ gridColumnStart: column }}
    >
      {many && (
        <p className="px-1.5 pb-1 text-[11.5px] text-ink-2">{RUN_OF_READERS(contenders.length, state === 'holds')}</p>
      )}
      <div className="grid gap-1.5">
        {cards.map((contender) => (
          <ContenderCard key={identityOf(contender)} contender={contender} />
        ))}
      </div>
      {left > 0 && (
        <button
          type="button"
          aria-label={MORE_LABEL(left)}
          onClick={() => onMore(before + cards.length)}
          className="mt-1 min-h-6 rounded-md px-2 text-[11.5px] text-ink-2 hover:bg-hover hover:text-ink"
        >
          {MORE(left)} ›
        </button>
      )}
    </li>
  )
}
