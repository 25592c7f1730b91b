'use client'

import Link from 'next/link'
import { pageHrefOf } from '@/components/shell/page-kind'
import { cn } from '@/components/ui/cn'
import { VisibleName } from '@/components/ui/visible-name'
import type { ContenderView } from '@/lib/queries/lock-responses'
import type { RecipeKind } from '@/lib/recipes/recipe'
import { stateInWords } from '@/lib/text/lock-kinds'
import {
  ENDS_WITHIN,
  ENDS_WITHIN_WORDS,
  HELD_BEFORE,
  HOLDS_FOR,
  NOT_CONNECTED,
  PRESENT,
  PROOF_MARK,
  QUEUED_FOR,
  REVOCABLE,
  WAITS,
  WAITS_FOR_TIME,
  WAITS_ON,
} from '@/lib/text/locks'
import { cardTitle, edgeTarget, mainEdge, ownerOf, proofInWords } from './contender-words'
import { Left, Since } from './lock-clock'
import { useLockScene } from './lock-scene'

const TITLE = 22

/** One who takes part: what he is called, whose he is, and what he does since when. */
export function ContenderCard({ contender, compact = false }: { contender: ContenderView; compact?: boolean }) {
  const { cluster, kind, at, menu: ContenderMenu } = useLockScene()
  const holds = contender.state === 'holds'
  const alone = contender.connected === false
  const owner = ownerOf(contender)
  return (
    <div
      data-contender={contender.name}
      className={cn(
        'group/card relative w-[172px] rounded-[10px] border bg-raised px-[11px] py-2 transition-colors duration-300',
        'max-[380px]:w-full',
        holds && !alone && 'border-accent shadow-[0_0_0_3px_color-mix(in_srgb,var(--accent)_12%,transparent)]',
        alone && 'border-changed',
        !(holds || alone) && 'border-line',
      )}
    >
      <div className="flex items-center gap-1">
        <Link
          prefetch={false}
          href={pageHrefOf(cluster, 'browse', { path: contender.path })}
          title={contender.path}
          className="min-w-0 truncate rounded-[3px] font-mono text-[12.5px] font-medium hover:underline"
        >
          <VisibleName name={cardTitle(contender)} max={TITLE} />
        </Link>
        {contender.revocable && <span className="text-[10.5px] text-ink-3">{REVOCABLE}</span>}
        <span className="flex-1" />
        {ContenderMenu !== null && (
          <span className="-my-1 -mr-1.5">
            <ContenderMenu cluster={cluster} contender={contender} kind={kind} />
          </span>
        )}
      </div>
      <p
        className="truncate text-[11.5px] text-ink-2"
        title={[owner, contender.server, contender.session].filter((part) => part !== null).join(' · ')}
      >
        <VisibleName name={owner} max={64} />
      </p>
      {!compact && <Doing contender={contender} kind={kind} />}
      {alone && (
        <p className="truncate text-[11.5px] text-changed" title={ENDS_WITHIN_WORDS}>
          {contender.expiresInMs === null ? (
            NOT_CONNECTED
          ) : (
            <Left ms={contender.expiresInMs} from={at} words={ENDS_WITHIN} />
          )}
        </p>
      )}
    </div>
  )
}

function Doing({ contender, kind }: { contender: ContenderView; kind: RecipeKind }) {
  const { createdAt, heldSince, state } = contender
  const line = 'truncate text-[11.5px] text-ink-2'
  if (state === 'holds') {
    const words = stateInWords(kind, state)
    return (
      <>
        <p className={heldSince === null ? 'text-[11.5px] text-ink-2' : line}>
          {heldSince === null ? HELD_BEFORE(words) : <Since at={heldSince} words={(span) => HOLDS_FOR(words, span)} />}
        </p>
        {heldSince === null && createdAt !== null && (
          <p className={line}>
            <Since at={createdAt} words={QUEUED_FOR} />
          </p>
        )}
      </>
    )
  }
  if (state === 'present') {
    return <p className={line}>{createdAt === null ? PRESENT : <Since at={createdAt} words={QUEUED_FOR} />}</p>
  }
  const edge = mainEdge(contender)
  return (
    <p className={line} title={edge === null ? '' : proofInWords(edge)}>
      {createdAt === null ? WAITS : <Since at={createdAt} words={WAITS_FOR_TIME} />}
      {edge !== null && (
        <>
          {' '}
          {WAITS_ON(edgeTarget(edge))}{' '}
          <span aria-hidden className={cn(edge.proof === 'contradicted' && 'text-deleted')}>
            {PROOF_MARK[edge.proof]}
          </span>
          <span className="sr-only">, {proofInWords(edge)}</span>
        </>
      )}
    </p>
  )
}
