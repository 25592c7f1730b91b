'use client'

import type { ReactNode } from 'react'
import type { LockView } from '@/lib/queries/lock-responses'
import type { Edge, RecipeKind } from '@/lib/recipes/recipe'
import { LEGEND, PROOF } from '@/lib/text/locks'
import { EdgeArrow } from './edge-arrow'
import { GroupPicture } from './group-picture'
import { LanesPicture } from './lanes-picture'
import { PermitsPicture } from './permits-picture'
import { QueuePicture } from './queue-picture'

/** Kinds whose contenders stand one after the other. */
const IN_LINE: ReadonlySet<RecipeKind> = new Set([
  'mutex',
  'election',
  'sequence',
  'single-lock',
  'timed-lock',
  'barrier',
])

export interface PictureProps {
  readonly view: LockView
  /** Shows the table, from this row on. */
  readonly onMore: (row: number) => void
}

/** Who holds and who waits for whom, in the form that the kind of lock has. */
export function LockPicture({ view, onMore }: PictureProps) {
  return (
    <>
      {pictureOf({ view, onMore })}
      <Legend view={view} />
    </>
  )
}

function pictureOf({ view, onMore }: PictureProps): ReactNode {
  if (view.kind === 'read-write-lock') return <LanesPicture view={view} onMore={onMore} />
  if (view.kind === 'semaphore') return <PermitsPicture view={view} onMore={onMore} />
  if (IN_LINE.has(view.kind)) return <QueuePicture view={view} onMore={onMore} />
  return <GroupPicture view={view} onMore={onMore} />
}

const PROOFS: readonly Edge['proof'][] = ['confirmed', 'unknown', 'contradicted']

function Legend({ view }: { view: LockView }) {
  const used = new Set(view.contenders.flatMap(({ waitsOn }) => waitsOn.map(({ proof }) => proof)))
  if (used.size === 0) return null
  return (
    <ul aria-label={LEGEND} className="flex flex-wrap gap-x-4 gap-y-1 pb-3 text-[11.5px] text-ink-3">
      {PROOFS.filter((proof) => used.has(proof)).map((proof) => (
        <li key={proof} className="flex items-center gap-1.5">
          <EdgeArrow proof={proof} />
          {PROOF[proof]}
        </li>
      ))}
    </ul>
  )
}
