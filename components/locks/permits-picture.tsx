'use client'

import { useRef } from 'react'
import type { LockView } from '@/lib/queries/lock-responses'
import { FREE_SLOT, MORE, MORE_LABEL, PERMITS, PERMITS_LABEL, SLOTS_NOT_DRAWN, WAITING_LABEL } from '@/lib/text/locks'
import { ContenderCard } from './contender-card'
import { identityOf, inState } from './contender-words'
import { CardArrow } from './edge-arrow'
import { useFlip } from './use-flip'

const MOST_SLOTS = 12
const MOST_WAITERS = 8

/** A semaphore: its permits as slots, taken or free, and behind them who waits for one. */
export function PermitsPicture({ view, onMore }: { view: LockView; onMore: (row: number) => void }) {
  const box = useRef<HTMLDivElement>(null)
  const { permits, holding, waiting } = view
  const holders = inState(view, 'holds').slice(0, MOST_SLOTS)
  const waiters = inState(view, 'waits').slice(0, MOST_WAITERS)
  useFlip(box, [...holders, ...waiters].map(identityOf).join('\n'))
  const free = permits === null ? 0 : Math.max(0, Math.min(permits, MOST_SLOTS) - holders.length)
  const hiddenSlots = Math.max(0, Math.max(permits ?? 0, holding) - holders.length - free)
  const hiddenWaiters = waiting - waiters.length
  return (
    <div ref={box} className="relative py-3">
      <h3 className="pb-1.5 text-[11.5px] text-ink-2">{PERMITS(holding, permits)}</h3>
      <ol aria-label={PERMITS_LABEL} className="flex flex-wrap gap-2">
        {holders.map((contender) => (
          <li key={identityOf(contender)} data-flip={identityOf(contender)} className="flex max-[380px]:w-full">
            <ContenderCard contender={contender} />
          </li>
        ))}
        {Array.from({ length: free }, (_, slot) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: free slots are all the same
            key={`free ${slot}`}
            className="flex min-h-[68px] w-[172px] items-center justify-center rounded-[10px] border border-dashed border-line text-[11.5px] text-ink-3"
          >
            {FREE_SLOT}
          </li>
        ))}
      </ol>
      {hiddenSlots > 0 && <p className="pt-1.5 text-[11.5px] text-ink-3">{SLOTS_NOT_DRAWN(hiddenSlots)}</p>}
      {waiting > 0 && (
        <ol aria-label={WAITING_LABEL} className="flex flex-wrap items-center gap-y-3 pt-4">
          {waiters.map((contender, index) => (
            <li
              key={identityOf(contender)}
              data-flip={identityOf(contender)}
              className="flex items-center max-[380px]:w-full"
            >
              <CardArrow contender={contender} before={waiters[index - 1]} />
              <ContenderCard contender={contender} />
            </li>
          ))}
          {hiddenWaiters > 0 && (
            <li className="ml-3">
              <button
                type="button"
                aria-label={MORE_LABEL(hiddenWaiters)}
                onClick={() => onMore(holding + waiters.length)}
                className="min-h-7 rounded-md px-2 text-ink-2 hover:bg-hover hover:text-ink"
              >
                {MORE(hiddenWaiters)} ›
              </button>
            </li>
          )}
        </ol>
      )}
    </div>
  )
}
