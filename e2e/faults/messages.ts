import type { ConnectionView, Gap, NodeChange } from '@/lib/live/protocol'
import type { Rows } from './view'

/** What a measuring process asks of the inspector's. Times are Date.now() of the same machine. */
export type Question =
  | { readonly ask: 'open'; readonly directories: readonly string[]; readonly nodes: readonly string[] }
  | { readonly ask: 'fingerprint'; readonly under?: string }
  | { readonly ask: 'rows' }
  | { readonly ask: 'read'; readonly path: string }
  | { readonly ask: 'set'; readonly path: string; readonly text: string }
  | { readonly ask: 'start-writes'; readonly root: string; readonly perSecond: number }
  | { readonly ask: 'stop-writes' }
  | { readonly ask: 'name'; readonly addresses: Readonly<Record<string, string>> }
  | { readonly ask: 'collect-garbage' }
  | { readonly ask: 'close' }

export interface Answers {
  open: null
  /** Of all rows: see fingerprint.ts. */
  fingerprint: string
  rows: Rows
  /** The data as text, or the code of the failure, and how long it took. */
  read: { readonly text: string | null; readonly failed: string | null; readonly ms: number }
  set: { readonly failed: string | null; readonly ms: number }
  'start-writes': null
  'stop-writes': readonly Write[]
  name: null
  'collect-garbage': null
  close: null
}

type ClaimedOutcome = 'applied' | 'not applied' | 'unknown'

/** One write of the inspector to a znode that nobody else writes, and what it said became of it. */
export interface Write {
  readonly kind: 'create' | 'set' | 'delete'
  readonly path: string
  /** For create and set. */
  readonly text: string
  readonly outcome: ClaimedOutcome
  /** Of the failure. */
  readonly code: string | null
  readonly at: number
  readonly ms: number
}

/** What the inspector says unasked. */
export type Told =
  | { readonly tell: 'connection'; readonly at: number; readonly view: ConnectionView }
  | { readonly tell: 'gap'; readonly at: number; readonly gap: Omit<Gap, 'type' | 'cluster'> }
  | { readonly tell: 'nodes'; readonly at: number; readonly nodes: readonly NodeChange[] }
  | { readonly tell: 'log'; readonly at: number; readonly event: string; readonly fields: Record<string, unknown> }
  | { readonly tell: 'stale'; readonly at: number; readonly stale: boolean }
  | { readonly tell: 'dialled'; readonly at: number; readonly by: 'session' | 'question' }
  | ({ readonly tell: 'sample'; readonly at: number } & Sample)

interface Sample {
  readonly rss: number
  readonly heap: number
  /** The longest that the event loop was held up since the last sample, ms. */
  readonly lagMs: number
  /** The most since the last sample. */
  readonly inFlight: number
  readonly sessions: number
  readonly watches: number
}

export type ToInspector = Question & { readonly id: number }
export type FromInspector =
  | { readonly id: number; readonly answer: unknown }
  | { readonly id: number; readonly failed: string }
  | Told
