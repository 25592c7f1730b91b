import {
  TURN_ENDED,
  TURN_GOES_ON,
  TURN_HELD,
  TURN_HELD_BEFORE,
  TURN_NEVER_HELD,
  TURN_WAITED,
  TURN_WAITED_LONGER,
  TURN_WORDS,
} from '@/lib/text/lock-timeline'
import { SESSION, SPAN } from '@/lib/text/locks'
import type { ShownTurn } from './live-turns'
import { shortName } from './short-name'

/** A turn in one sentence: whose, how long it waited and held, and when it ended. */
export function turnInWords(turn: ShownTurn, now: number): string {
  const { endedAt, session, client, name } = turn
  const over = endedAt !== null
  return TURN_WORDS(shortName(name), client ?? (session === null ? name : SESSION(session)), {
    waited: waitedInWords(turn, now),
    held: heldInWords(turn, now),
    ended: over ? TURN_ENDED(SPAN(now - endedAt)) : TURN_GOES_ON,
  })
}

function waitedInWords({ queuedAt, heldAt, heldBefore, endedAt }: ShownTurn, now: number): string | null {
  if (heldBefore) return null
  if (queuedAt === null) return TURN_WAITED_LONGER
  const until = heldAt ?? endedAt
  return TURN_WAITED(SPAN((until ?? now) - queuedAt), until !== null)
}

function heldInWords({ heldAt, heldBefore, endedAt }: ShownTurn, now: number): string | null {
  if (heldAt === null) return endedAt === null ? null : TURN_NEVER_HELD
  if (heldBefore) return TURN_HELD_BEFORE
  return TURN_HELD(SPAN((endedAt ?? now) - heldAt), endedAt !== null)
}
