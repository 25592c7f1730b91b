import type { QuorumFacts, ServerFacts, Told, ToldConnections, ToldDump, ToldWatches, WhySilent } from './told'

export type Reply<T> = Told<T> | { readonly silent: WhySilent }

/** One server that can be asked about its clients. Never rejects; each question is one connection of its own. */
export interface Informant {
  connections(request: InformantRequest): Promise<Reply<ToldConnections>>
  /** Takes the lock of the server's watches for as long as it lists them. */
  watches(request: InformantRequest): Promise<Reply<ToldWatches>>
  dump(request: InformantRequest): Promise<Reply<ToldDump>>
  facts(request: InformantRequest): Promise<Reply<ServerFacts>>
  quorum(request: InformantRequest): Promise<Reply<QuorumFacts>>
}

export interface InformantRequest {
  readonly timeoutMs: number
  /** A larger answer is given up: 'too large'. */
  readonly maxBytes: number
  readonly signal?: AbortSignal
  /** Called with the bytes of every question and its answer. */
  readonly onTraffic: (bytesOut: number, bytesIn: number) => void
}
