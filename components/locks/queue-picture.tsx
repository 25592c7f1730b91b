'use client'

import { useRef } from 'react'
import type { LockView } from '@/lib/queries/lock-responses'
import { KINDS } from '@/lib/text/lock-kinds'
import { MORE, MORE_LABEL, NOBODY_HOLDS, PICTURE_LABEL } from '@/lib/text/locks'
import { ContenderCard } from './contender-card'
import { identityOf } from './contender-words'
import { CardArrow } from './edge-arrow'
import { useFlip } from './use-flip'
import { useWidth } from './use-width'

/** px of a card and its arrow */
const STEP = 206
const ROWS = 2
const FEWEST = 4
const MOST = 12

/** One after the other: holders, then who waits, each with an arrow to what he waits for. The rest is a number. */
export function QueuePicture({ view, onMore }: { view: LockView; onMore: (row: number) => void }) {
  const box = useRef<HTMLOListElement>(null)
  const width = useWidth(box)
  const room = width === 0 ? MOST : Math.min(MOST, Math.max(FEWEST, Math.floor((width + 34) / STEP) * ROWS - 1))
  const shown = view.contenders.slice(0, room)
  const order = shown.map(identityOf).join('\n')
  useFlip(box, order)
  const left = view.total - shown.length
  if (view.total === 0) return <p className="py-3 text-ink-2">{KINDS[view.kind].empty}</p>
  const nobodyHolds = view.holding === 0 && view.waiting > 0
  return (
    <ol ref={box} aria-label={PICTURE_LABEL} className="relative flex flex-wrap items-stretch gap-y-3 py-3">
      {nobodyHolds && (
        <li className="flex h-[68px] w-[172px] items-center justify-center rounded-[10px] border border-dashed border-deleted text-[12px] text-deleted">
          {NOBODY_HOLDS}
        </li>
      )}
      {shown.map((contender, index) => (
        <li key={identityOf(contender)} data-flip={identityOf(contender)} className="flex max-[380px]:w-full">
          {(index > 0 || nobodyHolds) && <CardArrow contender={contender} before={shown[index - 1]} />}
          <ContenderCard contender={contender} />
        </li>
      ))}
      {left > 0 && (
        <li className="ml-3 self-center">
          <button
            type="button"
            aria-label={MORE_LABEL(left)}
            onClick={() => onMore(shown.length)}
            className="min-h-7 rounded-md px-2 text-ink-2 hover:bg-hover hover:text-ink"
          >
            {MORE(left)} ›
          </button>
        </li>
      )}
    </ol>
  )
}
