import type { LockHistoryResponse, Spans, Turn } from '@/lib/queries/lock-responses'
import { type Contender, type Recipe, type RecipeKind, SELF, WATCHER } from '@/lib/recipes/recipe'
import { looksSequential } from '@/lib/znode/sequence'
import { toHex } from '@/lib/znode/stat'
import { MinuteCount, spansOf } from './rates'
import { grantTimes, permitsInOrder } from './turn-times'

const MAX_TURNS = 1000
const MAX_GAPS = 50

/** In which somebody has a turn. */
const HAS_TURNS: ReadonlySet<RecipeKind> = new Set([
  'mutex',
  'read-write-lock',
  'semaphore',
  'election',
  'single-lock',
  'item-locks',
  'sequence',
])

/** What happened to a znode of the lock, named as the contenders of its recipe are. `at` is null when it was found by comparing. */
export interface LockHappening {
  readonly kind: 'appeared' | 'vanished'
  readonly name: string
  readonly at: number | null
}

interface OpenTurn {
  readonly name: string
  session: bigint | null
  client: string | null
  lane: 'shared' | 'exclusive' | null
  readonly queuedAt: number | null
  heldAt: number | null
  /** Was recognised as one who takes part. */
  inLine: boolean
  /** Got it, whether or not it is known when. */
  holds: boolean
  endedAt: number | null
  /** It was told that it went, and when: `endedAt` is not only when that was found. */
  endKnown: boolean
}

/** Who had a lock from when to when, as far as it was seen. */
export class LockHistory {
  readonly watchedSince = Date.now()
  readonly #open = new Map<string, OpenTurn>()
  /** Those who took part at the last look, in the library's order. */
  #line: OpenTurn[] = []
  #past: OpenTurn[] = []
  readonly #gaps: { readonly from: number; to: number | null }[] = []
  readonly #grants = new MinuteCount(this.watchedSince)
  #spans: { readonly held: Spans; readonly waited: Spans } | null = null
  #first = true
  /** What was recognised last. */
  #last: Recipe | null = null

  /** Nothing is seen from this moment on. */
  lose(at: number): void {
    if (this.#gaps.at(-1)?.to === null) return
    this.#gaps.push({ from: at, to: null })
    if (this.#gaps.length > MAX_GAPS) this.#gaps.shift()
  }

  /** Everything was compared: from now on it is seen again. */
  found(at: number): void {
    const gap = this.#gaps.at(-1)
    if (gap !== undefined && gap.to === null) gap.to = at
  }

  /**
   * Takes over what happened since the last look, in its order, and who takes part now.
   * @param clientOf "host:port" of a session, where it is known
   * @param keep how many turns of the past to keep
   */
  update(
    recipe: Recipe,
    happened: readonly LockHappening[],
    clientOf: (session: bigint) => string | null,
    now: number,
    keep: number,
  ): void {
    const unseen = this.#first || happened.some(({ at }) => at === null)
    this.#first = false
    // An empty directory tells nothing of what it is for, but it has not become another.
    if (recipe.kind !== 'none') this.#last = recipe
    const { came, went } = this.#apply(happened, now, this.#last !== null && HAS_TURNS.has(this.#last.kind))
    const grants = unseen ? new Map<OpenTurn, number | null>() : this.#date([...this.#line, ...came])
    for (const turn of went) this.#end(turn, grants.get(turn))
    if (this.#past.length > keep) this.#past = this.#past.slice(-keep)

    const line: OpenTurn[] = []
    for (const contender of HAS_TURNS.has(recipe.kind) ? recipe.contenders : []) {
      if (contender.name.startsWith(WATCHER)) continue
      const turn = this.#turnOf(contender)
      turn.session = contender.session ?? turn.session
      if (turn.session !== null) turn.client = clientOf(turn.session) ?? turn.client
      turn.lane = contender.lane
      const holds = contender.state === 'holds'
      if (holds && !turn.holds && !unseen) this.#grant(turn, grants.get(turn), now)
      turn.holds = holds
      turn.inLine = true
      line.push(turn)
    }
    this.#line = line
    this.#forgetOthers(line)
  }

  /** Contender's name -> when it was seen to get the lock. */
  heldSince(): Map<string, number> {
    const since = new Map<string, number>()
    for (const { name, holds, heldAt } of this.#line) if (holds && heldAt !== null) since.set(name, heldAt)
    return since
  }

  heldSinceOf(name: string): number | null {
    const turn = this.#open.get(name)
    return turn?.holds === true ? turn.heldAt : null
  }

  spans(): { readonly held: Spans; readonly waited: Spans } {
    this.#spans ??= {
      held: spansOf(
        between(
          this.#past.filter(({ endKnown }) => endKnown),
          ({ heldAt }) => heldAt,
          ({ endedAt }) => endedAt,
        ),
      ),
      waited: spansOf(
        between(
          this.#past,
          ({ queuedAt }) => queuedAt,
          ({ heldAt }) => heldAt,
        ),
      ),
    }
    return this.#spans
  }

  handOffsPerMinute(now: number): number | null {
    return this.#grants.perMinute(now)
  }

  response(path: string, now: number): LockHistoryResponse {
    const open = [...this.#open.values()]
    const room = Math.max(0, MAX_TURNS - this.#past.length)
    // Whoever holds first, then those who wait the longest.
    const shown = [...open.filter(({ holds }) => holds), ...open.filter(({ holds }) => !holds)].slice(
      0,
      Math.max(room, 50),
    )
    return {
      path,
      now,
      watchedSince: this.watchedSince,
      turns: [...this.#past, ...shown].slice(-MAX_TURNS).map(toTurn),
      gaps: this.#gaps.map(({ from, to }) => ({ from, to: to ?? now })),
    }
  }

  get size(): number {
    return this.#past.length
  }

  #apply(happened: readonly LockHappening[], now: number, hasTurns: boolean): { came: OpenTurn[]; went: OpenTurn[] } {
    const came: OpenTurn[] = []
    const went: OpenTurn[] = []
    if (!hasTurns) return { came, went }
    for (const { kind, name, at } of happened) {
      const turn = this.#open.get(name)
      if (turn !== undefined) {
        turn.endedAt = at ?? now
        turn.endKnown = at !== null
        this.#open.delete(name)
        went.push(turn)
      }
      if (kind === 'vanished') continue
      const next = newTurn(name, at)
      this.#open.set(name, next)
      came.push(next)
    }
    return { came, went }
  }

  #date(line: readonly OpenTurn[]): Map<OpenTurn, number | null> {
    const permits = this.#last && permitsInOrder(this.#last)
    if (permits === null) return new Map()
    // Of those who came and went unread only the name is known: what is numbered stood in the line.
    const inLine = line.filter(({ name, endedAt }) => endedAt === null || looksSequential(name))
    const times = grantTimes(inLine, permits)
    return new Map(inLine.map((turn, index) => [turn, times[index] as number | null]))
  }

  #end(turn: OpenTurn, grantedAt: number | null | undefined): void {
    if (!turn.holds && typeof grantedAt === 'number' && grantedAt <= (turn.endedAt ?? 0)) {
      turn.holds = true
      turn.heldAt = grantedAt
      this.#grants.add(grantedAt)
    }
    // What is not numbered and was never seen to take part may be anything.
    if (!turn.holds && !turn.inLine && !looksSequential(turn.name)) return
    this.#past.push(turn)
    this.#spans = null
  }

  #grant(turn: OpenTurn, grantedAt: number | null | undefined, now: number): void {
    // By the order not yet, or not by the order: then it is when it was found, or made.
    const byOrder = typeof grantedAt === 'number' && Number.isFinite(grantedAt) ? grantedAt : null
    turn.heldAt = byOrder ?? (turn.inLine ? now : (turn.queuedAt ?? now))
    this.#grants.add(turn.heldAt)
  }

  #turnOf({ name }: Contender): OpenTurn {
    const known = this.#open.get(name)
    if (known !== undefined) return known
    const turn = newTurn(name, null)
    this.#open.set(name, turn)
    return turn
  }

  /** Children that take no part have no turn. */
  #forgetOthers(line: readonly OpenTurn[]): void {
    if (this.#open.size === line.length) return
    const inLine = new Set(line)
    for (const [name, turn] of this.#open) if (!inLine.has(turn)) this.#open.delete(name)
  }
}

function newTurn(name: string, queuedAt: number | null): OpenTurn {
  return {
    name,
    session: null,
    client: null,
    lane: null,
    queuedAt,
    heldAt: null,
    inLine: false,
    holds: false,
    endedAt: null,
    endKnown: false,
  }
}

function toTurn({ name, session, client, lane, queuedAt, heldAt, endedAt }: OpenTurn): Turn {
  return { name, session: session === null ? null : toHex(session), client, lane, queuedAt, heldAt, endedAt }
}

function between(
  turns: readonly OpenTurn[],
  from: (turn: OpenTurn) => number | null,
  to: (turn: OpenTurn) => number | null,
): number[] {
  return turns.flatMap((turn) => {
    const start = from(turn)
    const end = to(turn)
    return start === null || end === null ? [] : [Math.max(0, end - start)]
  })
}

/** How the recipe names a child of the lock's directory, of one near it, or the directory itself. */
export function happeningName(relative: string | null, name: string | null): string | null {
  if (name === null) return relative === null ? SELF : null
  return relative === null ? name : `${relative}/${name}`
}
