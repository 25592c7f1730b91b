import type { EnsembleMember } from '@/lib/znode/dynamic-config'
import { AdminInformant } from '@/lib/zookeeper/admin-informant'
import { type ConnectString, parseConnectString } from '@/lib/zookeeper/connect-string'
import type { Informant, InformantRequest } from '@/lib/zookeeper/informant'
import type { ServerFacts, Told, ToldConnections, ToldDump } from '@/lib/zookeeper/told'
import { WordInformant } from '@/lib/zookeeper/word-informant'
import { AskedServer } from './asked-server'
import type { EvidenceHost, EvidenceOptions, GatheredEvidence } from './evidence'
import { mergeReports, type ServerReport, withinChroot } from './evidence-merge'
import { reachesAll } from './evidence-reach'
import { type KnownServer, knownServers } from './evidence-servers'
import { expiresWithin } from './expiry-bound'

/** What a test puts in the place of the network. */
export interface GatheringParts {
  informants(
    known: KnownServer,
    host: EvidenceHost,
  ): { readonly admin: Informant | null; readonly words: Informant | null }
}

const BY_WORDS: EvidenceOptions = { adminServers: new Map(), fourLetterWords: true }
const ANSWER_MS = 2000
/** Ten thousand waiters take one; what is longer is read in too long a turn of the event loop. */
const MAX_BYTES = 16 * 1024 * 1024
const LIST_MS = 30_000
const FACTS_MS = 60_000

interface Asked {
  readonly known: KnownServer
  readonly server: AskedServer
}

type DumpTold = Told<ToldDump> & { readonly from: string }

/** Asks the servers of one ensemble, round by round, and remembers between rounds who refuses, who leads and who is who. */
export class Gathering {
  readonly #asked = new Map<string, AskedServer>()
  readonly #facts = new Map<string, { readonly facts: ServerFacts; readonly until: number }>()
  #list: { readonly key: string; readonly until: number; readonly servers: readonly KnownServer[] } | null = null
  #leader: string | null = null
  /** Of the last round: the longest time for which a server listed its watches. */
  workMs = 0

  readonly #place: ConnectString

  constructor(
    private readonly host: EvidenceHost,
    private readonly parts: GatheringParts = { informants },
  ) {
    this.#place = parseConnectString(host.connect.connect)
  }

  async round(): Promise<GatheredEvidence> {
    const askedAt = Date.now()
    this.workMs = 0
    const { members, upTo } = await this.#members()
    const asked = await this.#servers(members)
    // Before the connections: whoever is in this list, and is in none of theirs, was there when they were asked.
    const dump = await this.#dump(asked)
    const reports = await Promise.all(asked.map((each) => this.#report(each)))
    const memberIds = members?.map(({ id }) => id) ?? null
    const learners = await this.#learners(asked, reports, memberIds)
    const { chroot } = this.#place
    const { merged, view } = mergeReports(reports, { members: memberIds, learners, chroot, asOf: askedAt })
    const timeouts = new Map(dump?.value.timeouts)
    for (const [session, { timeoutMs }] of merged.connections ?? [])
      if (timeoutMs !== null) timeouts.set(session, timeoutMs)
    return {
      evidence: { ...merged, upTo, own: this.host.own(), expiresInMs: this.#expiries(dump, timeouts, reports) },
      view,
      askedAt,
      ephemerals: dump === null ? null : withinChroot(dump.value.ephemerals, chroot),
      sessions: allSessions(dump),
      timeouts,
    }
  }

  /** The members by /zookeeper/config, and the zxid that the ensemble has reached. */
  async #members(): Promise<{ members: readonly EnsembleMember[] | null; upTo: bigint }> {
    const session = this.host.live()
    const config = await session.getConfig({ timeoutMs: ANSWER_MS }).catch(() => null)
    // Servers before 3.5 have none; any answer of theirs carries the zxid.
    if (config === null) await session.exists('/', { timeoutMs: ANSWER_MS }).catch(() => null)
    return { members: config?.config.members ?? null, upTo: session.info.lastZxid }
  }

  async #servers(members: readonly EnsembleMember[] | null): Promise<Asked[]> {
    const key = JSON.stringify(members)
    if (this.#list === null || this.#list.key !== key || this.#list.until < Date.now()) {
      const isTls = this.host.connect.tls !== undefined
      const named = [...(this.host.options?.adminServers.keys() ?? [])].flatMap(
        (name) => parseConnectString(name).servers,
      )
      const found = await within(knownServers([...this.#place.servers, ...named], members ?? [], isTls))
      this.#list = { key, until: Date.now() + LIST_MS, servers: found ?? this.#list?.servers ?? [] }
      this.#forgetOthers()
    }
    return this.#list.servers.map((known) => ({ known, server: this.#serverOf(known) }))
  }

  #serverOf(known: KnownServer): AskedServer {
    const same = this.#asked.get(known.name)
    if (same !== undefined) return same
    const made = new AskedServer(known.name, known.server, this.parts.informants(known, this.host))
    this.#asked.set(known.name, made)
    return made
  }

  #forgetOthers(): void {
    const names = new Set(this.#list?.servers.map(({ name }) => name))
    for (const memory of [this.#asked, this.#facts]) {
      for (const name of memory.keys()) if (!names.has(name)) memory.delete(name)
    }
  }

  /** Of the leader if it is known; else of another one each time, until it is found. */
  async #dump(asked: readonly Asked[]): Promise<DumpTold | null> {
    const start = Math.max(
      0,
      asked.findIndex(({ known }) => known.name === this.#leader),
    )
    const inTurn = [...asked.slice(start), ...asked.slice(0, start)]
    for (const [index, { known, server }] of inTurn.entries()) {
      const answer = await server.ask('dump', this.#request())
      if ('silent' in answer) continue
      const next = inTurn[(index + 1) % inTurn.length]?.known.name ?? null
      this.#leader = answer.value.expiries === null ? next : known.name
      return { ...answer, from: known.name }
    }
    return null
  }

  /** One question after the other: a server that does not answer is not asked more. */
  async #report({ known, server }: Asked): Promise<ServerReport> {
    const facts = await this.#factsOf({ known, server })
    const connections = await server.ask('connections', this.#request())
    const byWords = server.lastBy === 'words'
    const began = performance.now()
    const watches = await server.ask('watches', this.#request())
    if (!('silent' in watches)) this.workMs = Math.max(this.workMs, performance.now() - began)
    return {
      name: known.name,
      id: known.memberId ?? facts?.id ?? null,
      connections,
      watches,
      otherPort: byWords && facts?.otherPort !== false,
    }
  }

  async #factsOf({ known, server }: Asked): Promise<ServerFacts | null> {
    const remembered = this.#facts.get(known.name)
    // Behind a name that is none of the ensemble's own there may be another server each time.
    if (remembered !== undefined && known.memberId !== null && remembered.until > Date.now()) return remembered.facts
    const answer = await server.ask('facts', this.#request())
    if ('silent' in answer) return null
    this.#facts.set(known.name, { facts: answer.value, until: Date.now() + FACTS_MS })
    return answer.value
  }

  /** Asked only where not every member has told: how many servers the leader has with it, 0 of one that is alone. */
  async #learners(
    asked: readonly Asked[],
    reports: readonly ServerReport[],
    members: readonly string[] | null,
  ): Promise<number | null> {
    const tellers = new Set<number>()
    for (const what of ['connections', 'watches'] as const) {
      const who = reports.map((report) => ({ id: report.id, told: isTold(report[what]) }))
      if (reachesAll({ members, asked: who, learners: null })) continue
      for (const [index, { told }] of who.entries()) if (told) tellers.add(index)
    }
    for (const index of tellers) {
      const answer = await asked[index]?.server.ask('quorum', this.#request())
      if (answer === undefined || 'silent' in answer) continue
      const { state, learners } = answer.value
      if (state === 'standalone') return 0
      if (state === 'leader') return learners
    }
    return null
  }

  #expiries(
    dump: DumpTold | null,
    timeouts: ReadonlyMap<bigint, number>,
    reports: readonly ServerReport[],
  ): ReadonlyMap<bigint, number> | null {
    if (dump === null) return null
    const same = reports.find(({ name }) => name === dump.from)?.connections
    const connections: ToldConnections = same === undefined || 'silent' in same ? [] : same.value
    return expiresWithin(dump.value, timeouts, connections, this.#facts.get(dump.from)?.facts.tickTimeMs ?? null)
  }

  #request(): InformantRequest {
    const { countTraffic } = this.host
    return { timeoutMs: ANSWER_MS, maxBytes: MAX_BYTES, onTraffic: (out, into) => countTraffic(out, into) }
  }
}

function isTold(outcome: ServerReport['connections'] | ServerReport['watches']): boolean {
  return !('silent' in outcome) && outcome.complete
}

function allSessions(dump: DumpTold | null): ReadonlySet<bigint> | null {
  const listed = dump?.value.expiries?.at ?? dump?.value.timeouts ?? null
  return listed === null || !dump?.complete ? null : new Set(listed.keys())
}

function informants(
  { name, server }: KnownServer,
  { connect: { tls }, options = BY_WORDS }: EvidenceHost,
): ReturnType<GatheringParts['informants']> {
  const base = options.adminServers.get(name)
  return {
    admin: base === undefined ? null : new AdminInformant(base, tls),
    words: options.fourLetterWords && server !== null ? new WordInformant(server, tls) : null,
  }
}

/** A resolver that does not answer keeps nobody waiting. */
async function within<T>(work: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ANSWER_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
