import type { LiveMessage } from './protocol'

/**
 * The browser's side of the event stream: one stream for all tabs of a browser (Web Locks elect the tab that holds it,
 * a BroadcastChannel hands its messages to the others).
 *
 * Whoever reads something and wants to hear of its changes puts `viewer` into the read's query (`viewer=`): the server
 * then sends this stream the changes of that directory or node. On 'reset' everything shown must be read
 * again, which registers it again.
 */
export interface LiveClient {
  /** "<stream>.<tab>", for the `viewer` parameter of reads. Changes when another stream takes over. */
  readonly viewer: string
  readonly status: LiveStatus
  subscribe(listener: (message: LiveMessage) => void): () => void
  onStatus(listener: (status: LiveStatus) => void): () => void
  /** This tab no longer shows the list of the directory, the data of the node, the lock, or the list of locks (path "/"). */
  release(cluster: string, path: string, what: Interest): void
  /** Says that the change with this zxid was made from this browser; told to its other tabs too. */
  markOwn(cluster: string, zxid: string): void
  isOwn(cluster: string, zxid: string | null): boolean
  /** Called after {@link markOwn}, from whichever tab: the event of a write often arrives before its answer. */
  onOwn(listener: (cluster: string, zxid: string) => void): () => void
}

/** What a tab can look at under one path, each on its own. */
export type Interest = 'directory' | 'node' | 'lock' | 'locks'

export interface LiveStatus {
  /** 'open': messages arrive; 'lost': the Zoolens server does not answer, the browser tries again by itself. */
  readonly stream: 'connecting' | 'open' | 'lost'
  /** Date.now() of the last message of any kind, 0 before the first. */
  readonly lastHeardAt: number
}
