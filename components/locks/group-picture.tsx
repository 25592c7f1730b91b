'use client'

import { useRef } from 'react'
import type { LockView } from '@/lib/queries/lock-responses'
import { KINDS } from '@/lib/text/lock-kinds'
import { MORE, MORE_LABEL, PICTURE_LABEL } from '@/lib/text/locks'
import { ContenderCard } from './contender-card'
import { identityOf } from './contender-words'
import { useFlip } from './use-flip'

const MOST = 12

/** Those who stand side by side and wait for nobody among them: members, items of a queue, locks on items, a barrier. */
export function GroupPicture({ view, onMore }: { view: LockView; onMore: (row: number) => void }) {
  const box = useRef<HTMLUListElement>(null)
  const shown = view.contenders.slice(0, MOST)
  useFlip(box, shown.map(identityOf).join('\n'))
  const left = view.total - shown.length
  if (view.total === 0) return <p className="py-3 text-ink-2">{KINDS[view.kind].empty}</p>
  return (
    <ul ref={box} aria-label={PICTURE_LABEL} className="relative flex flex-wrap items-center gap-2 py-3">
      {shown.map((contender) => (
        <li key={identityOf(contender)} data-flip={identityOf(contender)} className="max-[380px]:w-full">
          <ContenderCard contender={contender} />
        </li>
      ))}
      {left > 0 && (
        <li>
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
    </ul>
  )
}
