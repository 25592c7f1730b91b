import type { EvidenceView, MissingWhy, Told as ToldBy } from '@/lib/queries/lock-responses'
import type { ClientConnection, Evidence } from '@/lib/recipes/evidence'
import { fromServerPath } from '@/lib/zookeeper/chroot'
import type { Told, ToldConnections, ToldWatches, WhySilent } from '@/lib/zookeeper/told'
import { type Reach, reachesAll } from './evidence-reach'

type Outcome<T> = Told<T> | { readonly silent: WhySilent | 'not asked' }

/** What one server said in this round. */
export interface ServerReport {
  readonly name: string
  readonly id: string | null
  readonly connections: Outcome<ToldConnections>
  readonly watches: Outcome<ToldWatches>
  /** It may have clients that its connections do not name: they are on another of its ports. */
  readonly otherPort: boolean
}

export interface Circumstances extends Pick<Reach, 'members' | 'learners'> {
  readonly chroot: string
  readonly asOf: number
}

type Merged = Pick<Evidence, 'watches' | 'watchesOfAll' | 'connections' | 'connectionsOfAll'>

/** Puts together what the servers said. What is told and what is missing fit: a server that told half told some. */
export function mergeReports(
  reports: readonly ServerReport[],
  circumstances: Circumstances,
): { readonly merged: Merged; readonly view: EvidenceView } {
  const missing: EvidenceView['missing'][number][] = []
  const judge = (what: 'watches' | 'connections'): ToldBy => {
    const verdict = extent(reports, what, circumstances)
    missing.push(...verdict.missing)
    return verdict.told
  }
  const connectionsBy = judge('connections')
  const watchesBy = judge('watches')
  return {
    merged: {
      connections: connectionsBy === 'by none' ? null : unitedConnections(reports),
      connectionsOfAll: connectionsBy === 'by every server',
      watches: watchesBy === 'by none' ? null : unitedWatches(reports, circumstances.chroot),
      watchesOfAll: watchesBy === 'by every server',
    },
    view: {
      connections: connectionsBy,
      watches: watchesBy,
      asOf: connectionsBy === 'by none' && watchesBy === 'by none' ? null : circumstances.asOf,
      missing,
    },
  }
}

function extent(
  reports: readonly ServerReport[],
  what: 'watches' | 'connections',
  { members, learners }: Circumstances,
): { readonly told: ToldBy; readonly missing: EvidenceView['missing'] } {
  const gaps = reports.map((report) => gapOf(report, what))
  const asked = reports.map(({ id }, index) => ({ id, told: gaps[index] === null }))
  if (reachesAll({ members, asked, learners })) return { told: 'by every server', missing: [] }
  const covered = new Set(asked.flatMap(({ id, told }) => (told && id !== null ? [id] : [])))
  const missing = reports.flatMap(({ name, id }, index) => {
    const why = gaps[index] ?? null
    // Another name of a server that did tell.
    return why === null || (id !== null && covered.has(id)) ? [] : [{ server: name, what, why }]
  })
  const told = reports.some((report) => !('silent' in report[what])) ? 'by some servers' : 'by none'
  return { told, missing: missing.length > 0 ? missing : [{ server: '', what, why: 'unknown servers' }] }
}

/** Why what it said is not all; null when it is. */
function gapOf(report: ServerReport, what: 'watches' | 'connections'): MissingWhy | null {
  const outcome = report[what]
  if ('silent' in outcome) return outcome.silent
  if (!outcome.complete) return 'cut'
  return what === 'connections' && report.otherPort ? 'other port' : null
}

function unitedConnections(reports: readonly ServerReport[]): ReadonlyMap<bigint, ClientConnection> {
  const all = new Map<bigint, ClientConnection>()
  for (const { name, connections } of reports) {
    if ('silent' in connections) continue
    for (const { session, client, establishedAt, timeoutMs, lastOperation } of connections.value) {
      const other = all.get(session)
      // A server that is cut off may not have noticed yet that its client has gone elsewhere.
      if (other !== undefined && (other.establishedAt ?? 0) > (establishedAt ?? 0)) continue
      all.set(session, { client, server: name, establishedAt, timeoutMs, lastOperation })
    }
  }
  return all
}

/** As paths of ours: what lies outside our chroot is not ours to see. */
function unitedWatches(reports: readonly ServerReport[], chroot: string): ReadonlyMap<string, ReadonlySet<bigint>> {
  const all = new Map<string, ReadonlySet<bigint>>()
  for (const { watches } of reports) {
    if ('silent' in watches) continue
    for (const [serverPath, sessions] of watches.value) {
      const path = fromServerPath(chroot, serverPath)
      if (path === null) continue
      const others = all.get(path)
      all.set(path, others === undefined ? sessions : new Set([...others, ...sessions]))
    }
  }
  return all
}

/** As paths of ours, without the sessions that have none. */
export function withinChroot(
  ephemerals: ReadonlyMap<bigint, readonly string[]>,
  chroot: string,
): ReadonlyMap<bigint, readonly string[]> {
  if (chroot === '') return ephemerals
  const ours = new Map<bigint, readonly string[]>()
  for (const [session, paths] of ephemerals) {
    const inside = paths.map((path) => fromServerPath(chroot, path)).filter((path) => path !== null)
    if (inside.length > 0) ours.set(session, inside)
  }
  return ours
}
