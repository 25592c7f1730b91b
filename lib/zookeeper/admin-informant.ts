import { adminConnections, adminDump, adminFacts, adminQuorum, adminWatches } from './admin-answers'
import { type AdminCommand, AdminSilence, askAdminServer } from './admin-server'
import type { Informant, InformantRequest, Reply } from './informant'
import type { Slices } from './request'
import type { TlsOptions } from './security'
import { finishInTurns } from './slices'
import type { QuorumFacts, ServerFacts, Told, ToldConnections, ToldDump, ToldWatches } from './told'

/** About what the headers of a question take. */
const REQUEST_BYTES = 150

/** Asks a server at its AdminServer: "http://host:8080/commands". */
export class AdminInformant implements Informant {
  constructor(
    private readonly base: string,
    private readonly tls: TlsOptions | undefined,
  ) {}

  connections(request: InformantRequest): Promise<Reply<ToldConnections>> {
    return this.#ask('connections', request, adminConnections)
  }

  watches(request: InformantRequest): Promise<Reply<ToldWatches>> {
    return this.#ask('watches_by_path', request, adminWatches)
  }

  dump(request: InformantRequest): Promise<Reply<ToldDump>> {
    return this.#ask('dump', request, adminDump)
  }

  facts(request: InformantRequest): Promise<Reply<ServerFacts>> {
    return this.#ask('configuration', request, readFacts)
  }

  quorum(request: InformantRequest): Promise<Reply<QuorumFacts>> {
    return this.#ask('monitor', request, readQuorum)
  }

  async #ask<T>(
    command: AdminCommand,
    request: InformantRequest,
    read: (json: unknown) => Slices<Told<T>>,
  ): Promise<Reply<T>> {
    const { onTraffic, ...options } = request
    try {
      const { json, bytes } = await askAdminServer(this.base, command, { ...options, tls: this.tls })
      onTraffic(REQUEST_BYTES, bytes)
      return await finishInTurns(read(json))
    } catch (error) {
      const silent = error instanceof AdminSilence ? error.why : 'unreachable'
      onTraffic(REQUEST_BYTES, silent === 'too large' ? request.maxBytes : 0)
      return { silent }
    }
  }
}

// biome-ignore lint/correctness/useYield: nothing to cut into slices
function* readFacts(json: unknown): Slices<Told<ServerFacts>> {
  return { value: adminFacts(json), complete: true }
}

// biome-ignore lint/correctness/useYield: nothing to cut into slices
function* readQuorum(json: unknown): Slices<Told<QuorumFacts>> {
  return { value: adminQuorum(json), complete: true }
}
