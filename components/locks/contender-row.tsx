// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that stand at absolute places
'use client'

import Link from 'next/link'
import type { ReactNode } from 'react'
import { pageHrefOf } from '@/components/shell/page-kind'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { VisibleName } from '@/components/ui/visible-name'
import type { ContenderView } from '@/lib/queries/lock-responses'
import {
  BEFORE_WE_LOOKED,
  CLAIMS,
  HOLDS_PLACE,
  NO_SESSION,
  NOBODY_TO_WAIT_FOR,
  NOT_CONNECTED,
  NOT_LOADED,
  NOT_TOLD,
  PROOF_MARK,
} from '@/lib/text/locks'
import { edgeTarget, mainEdge, proofInWords } from './contender-words'
import { Since } from './lock-clock'
import { useLockScene } from './lock-scene'
import { TABLE_LAYOUT } from './table-layout'

const NAME = 22

export function TableRow({
  row,
  place,
  contender,
  active,
  top,
  onActivate,
}: {
  row: number
  /** Among those who wait, from 1. */
  place: number
  /** undefined while its page is on the way. */
  contender: ContenderView | undefined
  active: boolean
  top: number
  onActivate: (row: number) => void
}) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and the keys
    <div
      id={`contender-${row}`}
      role="row"
      tabIndex={-1}
      aria-rowindex={row + 2}
      aria-selected={active}
      onClick={() => onActivate(row)}
      className={cn(
        TABLE_LAYOUT,
        'absolute inset-x-0 top-0 h-7 border-b border-line-soft outline-none hover:bg-hover',
        active && 'group-focus/grid:bg-selected',
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      {contender === undefined ? (
        <span role="gridcell" tabIndex={-1} className="col-span-9 text-ink-3">
          {NOT_LOADED}
        </span>
      ) : (
        <Cells contender={contender} place={place} active={active} />
      )}
    </div>
  )
}

function Cells({ contender, place, active }: { contender: ContenderView; place: number; active: boolean }) {
  const { cluster, kind, menu: ContenderMenu } = useLockScene()
  const { state, name, path, session, createdAt, heldSince } = contender
  const mono = 'truncate font-mono text-xs'
  return (
    <>
      <Cell>{state === 'holds' ? <Badge tone="created">{HOLDS_PLACE}</Badge> : place}</Cell>
      <Cell className={mono} title={name}>
        <Link prefetch={false} tabIndex={-1} href={pageHrefOf(cluster, 'browse', { path })} className="hover:underline">
          <VisibleName name={name} max={NAME} />
        </Link>
      </Cell>
      <Cell className={mono} title={session ?? ''}>
        {session ?? <span className="font-sans text-ink-3">{NO_SESSION}</span>}
      </Cell>
      <Cell className={mono} title={contender.client ?? contender.claims ?? ''}>
        <Client contender={contender} />
      </Cell>
      <Cell className="truncate text-ink-2" title={contender.server ?? ''}>
        {contender.server ?? <span className="text-ink-3">{NOT_TOLD}</span>}
      </Cell>
      <Cell className="truncate">
        <WaitsOn contender={contender} />
      </Cell>
      <Cell className="whitespace-nowrap text-ink-2">
        {createdAt !== null && <Since at={createdAt} words={(span) => span} />}
      </Cell>
      <Cell className="truncate text-ink-2">
        {state === 'holds' && (heldSince === null ? BEFORE_WE_LOOKED : <Since at={heldSince} words={(span) => span} />)}
      </Cell>
      <Cell>
        {ContenderMenu !== null && (
          <ContenderMenu tabIndex={active ? 0 : -1} cluster={cluster} contender={contender} kind={kind} />
        )}
      </Cell>
    </>
  )
}

function Cell({ className, title, children }: { className?: string; title?: string; children: ReactNode }) {
  return (
    <span role="gridcell" tabIndex={-1} className={className} title={title}>
      {children}
    </span>
  )
}

function Client({ contender: { client, claims, connected } }: { contender: ContenderView }) {
  const words = client ?? (claims === null || claims === '' ? null : CLAIMS(claims))
  if (connected === false) {
    return (
      <span className="text-changed">
        {words !== null && (
          <>
            <VisibleName name={words} max={NAME} /> ·{' '}
          </>
        )}
        {NOT_CONNECTED}
      </span>
    )
  }
  if (words === null) return <span className="font-sans text-ink-3">{NOT_TOLD}</span>
  return <VisibleName name={words} max={NAME} />
}

function WaitsOn({ contender }: { contender: ContenderView }) {
  const edge = mainEdge(contender)
  if (contender.state !== 'waits' || edge === null) return <span className="text-ink-3">{NOBODY_TO_WAIT_FOR}</span>
  const proof = proofInWords(edge)
  return (
    <span title={proof}>
      <span className="font-mono text-xs">{edgeTarget(edge)}</span>{' '}
      <span className={edge.proof === 'contradicted' ? 'text-deleted' : 'text-ink-2'}>
        {PROOF_MARK[edge.proof]} {proof}
      </span>
    </span>
  )
}
