import type { ContenderView, LockHistoryResponse, LockView, Turn } from '@/lib/queries/lock-responses'

/** A turn as it is drawn: whether it holds although nobody saw it get the lock. */
export interface ShownTurn extends Turn {
  readonly heldBefore: boolean
}

/**
 * The turns that were recorded, with what the newest view adds: the record is asked for every two seconds, the view comes
 * by itself. Oldest first.
 */
export function liveTurns(history: LockHistoryResponse, view: LockView): readonly ShownTurn[] {
  const present = new Map(view.contenders.map((contender) => [contender.name, contender]))
  const complete = view.from === 0 && view.contenders.length === view.total
  const known = new Set<string>()
  const turns = history.turns.map((turn) => {
    if (turn.endedAt === null) known.add(turn.name)
    return current(turn, present.get(turn.name), { history, view, complete })
  })
  const added = view.contenders
    .filter(({ name, state }) => state !== 'present' && !known.has(name))
    .map((contender) => begun(contender, history))
  return [...turns, ...added]
}

function current(
  turn: Turn,
  contender: ContenderView | undefined,
  { history, view, complete }: { history: LockHistoryResponse; view: LockView; complete: boolean },
): ShownTurn {
  if (turn.endedAt !== null) return { ...turn, heldBefore: false }
  if (contender === undefined) return { ...turn, endedAt: complete ? view.at : null, heldBefore: false }
  if (contender.state !== 'holds') return { ...turn, heldBefore: false }
  const heldAt = turn.heldAt ?? contender.heldSince
  return { ...turn, heldAt: heldAt ?? history.watchedSince, heldBefore: heldAt === null }
}

function begun(contender: ContenderView, history: LockHistoryResponse): ShownTurn {
  const { name, session, client, lane, state, createdAt, heldSince } = contender
  const before = createdAt !== null && createdAt < history.watchedSince
  return {
    name,
    session,
    client,
    lane,
    queuedAt: before ? null : createdAt,
    heldAt: state === 'holds' ? (heldSince ?? history.watchedSince) : null,
    heldBefore: state === 'holds' && heldSince === null,
    endedAt: null,
  }
}
