import type { ContenderView, LockFigures, LockSummary, LockView } from '@/lib/queries/lock-responses'
import { contenderPath } from '@/lib/recipes/contender-path'
import type { Evidence } from '@/lib/recipes/evidence'
import { type Contender, SELF } from '@/lib/recipes/recipe'
import { nextSequence } from '@/lib/znode/sequence'
import type { Stat } from '@/lib/znode/stat'
import { toHex } from '@/lib/znode/stat'
import type { LockWatch, LockWatchLink } from './lock-watch'

/** A part of what is known of a lock, as browsers are told. */
export function lockView(watch: LockWatch, link: LockWatchLink, from: number, count: number): LockView {
  const { recipe, contenders, directory } = watch
  const { evidence, view } = link.gathered
  return {
    path: watch.path,
    revision: watch.revision,
    at: watch.at,
    exists: directory.exists,
    settled: watch.settled,
    kind: recipe.kind,
    library: recipe.library,
    orElse: recipe.orElse,
    application: recipe.application,
    contenders: contenders.slice(from, from + count).map((contender) => contenderView(watch, contender, evidence)),
    from,
    total: contenders.length,
    holding: countOf(contenders, 'holds'),
    waiting: countOf(contenders, 'waits'),
    permits: recipe.permits,
    foreign: recipe.foreign.slice(0, MAX_FOREIGN),
    findings: watch.findings,
    unknowable: recipe.unknowable,
    payload: recipe.payload,
    deadlocks: link.deadlocksOf(watch.path).views,
    figures: lockFigures(watch),
    evidence: view,
  }
}

/** Of more than these their number says enough: a folder of other things is shown in the tree. */
const MAX_FOREIGN = 100

export function lockSummary(watch: LockWatch, { gathered: { evidence } }: LockWatchLink, now: number): LockSummary {
  const { path, recipe, contenders, findings, history } = watch
  const first = contenders[0]?.state === 'holds' ? contenders[0] : null
  return {
    path,
    kind: recipe.kind,
    library: recipe.library,
    application: recipe.application,
    holding: countOf(contenders, 'holds'),
    waiting: countOf(contenders, 'waits'),
    present: countOf(contenders, 'present'),
    permits: recipe.permits,
    holder: first && holderName(first, evidence),
    holderCreatedAt: first && createdAt(statOf(watch, first.name)),
    heldSince: first && history.heldSinceOf(first.name),
    handOffsPerMinute: history.handOffsPerMinute(now),
    findings: findings.map(({ code, severity, certainty }) => ({ code, severity, certainty })),
  }
}

function holderName({ session, claims, name }: Contender, { connections }: Evidence): string {
  const client = session === null ? undefined : connections?.get(session)?.client
  return client ?? claims ?? (session === null ? name : toHex(session))
}

function lockFigures({ history, creates, directory }: LockWatch): LockFigures {
  const now = Date.now()
  const { stat } = directory
  return {
    handOffsPerMinute: history.handOffsPerMinute(now),
    createsPerMinute: creates.perMinute(stat, now),
    ...history.spans(),
    nextSequence: stat && nextSequence(stat),
    watchedSince: history.watchedSince,
  }
}

function contenderView(watch: LockWatch, contender: Contender, evidence: Evidence): ContenderView {
  const { name, session, claims, state, lane, sequence, revocable, waitsOn } = contender
  const stat = statOf(watch, name)
  const connection = session === null ? undefined : evidence.connections?.get(session)
  const connected = connectedOf(session, stat, connection !== undefined, evidence)
  return {
    name,
    path: contenderPath(watch.path, name) ?? watch.path,
    czxid: stat && toHex(stat.czxid),
    state,
    lane,
    sequence,
    session: session === null ? null : toHex(session),
    claims,
    revocable,
    waitsOn,
    createdAt: createdAt(stat),
    heldSince: watch.history.heldSinceOf(name),
    client: connection?.client ?? null,
    server: connection?.server ?? null,
    connected,
    expiresInMs: connected === false && session !== null ? (evidence.expiresInMs?.get(session) ?? null) : null,
  }
}

/** null: not known. What was made after the servers were asked may be of a session that they had not seen. */
function connectedOf(session: bigint | null, stat: Stat | null, isThere: boolean, evidence: Evidence): boolean | null {
  if (session === null) return null
  if (isThere) return true
  if (!evidence.connectionsOfAll || evidence.own.has(session)) return null
  const isNewer = stat === null || (evidence.upTo !== undefined && stat.czxid > evidence.upTo)
  return isNewer ? null : false
}

function statOf(watch: LockWatch, name: string): Stat | null {
  if (name === SELF) return watch.directory.stat
  const own = watch.directory.children.get(name)
  if (own !== undefined) return own.stat
  const slash = name.lastIndexOf('/')
  return slash === -1 ? null : (watch.near(name.slice(0, slash))?.children.get(name.slice(slash + 1))?.stat ?? null)
}

function createdAt(stat: Stat | null): number | null {
  return stat && Number(stat.ctime)
}

function countOf(contenders: readonly Contender[], state: Contender['state']): number {
  return contenders.reduce((count, contender) => count + Number(contender.state === state), 0)
}
