import type { QuorumFacts, ServerFacts, Told, ToldConnections, ToldDump, ToldWatches, WhySilent } from './told'

export type Reply<T> = Told<T> | { readonly silent: WhySilent }

/** What can be asked, and what is told. */
export interface Answers {
  readonly connections: ToldConnections
  /** Takes the lock of the server's watches for as long as it lists them. */
  readonly watches: ToldWatches
  readonly dump: ToldDump
  readonly facts: ServerFacts
  readonly quorum: QuorumFacts
}

/** One server that can be asked about its clients. Never rejects; each question is one connection of its own. */
export type Informant = {
  readonly [Q in keyof Answers]: (request: InformantRequest) => Promise<Reply<Answers[Q]>>
}

export interface InformantRequest {
  readonly timeoutMs: number
  /** A larger answer is given up: 'too large'. */
  readonly maxBytes: number
  readonly signal?: AbortSignal
  /** Called with the bytes of every question and its answer. */
  readonly onTraffic: (bytesOut: number, bytesIn: number) => void
}
