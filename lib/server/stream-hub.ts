import type { Ensemble } from '@/lib/ensemble/ensemble'
import type { Viewer } from '@/lib/ensemble/reads'
import type { Subscription } from '@/lib/ensemble/subscription'
import type { Beat } from '@/lib/live/protocol'
import { ZooKeeperError } from '@/lib/zookeeper/errors'
import { LiveStream } from './live-stream'
import { log } from './log'

const BEAT_MS = 1500
/** A browser that is gone for longer starts anew: its directories are then read again. */
const KEEP_DETACHED_MS = 30_000
const MAX_STREAMS = 500

interface Link {
  readonly ensemble: Ensemble
  readonly subscription: Subscription
  readonly unlisten: () => void
}

/** All event streams of this process, and which ensembles each of them looks at. */
export class StreamHub {
  readonly #streams = new Map<string, { stream: LiveStream; links: Map<string, Link> }>()
  readonly #timer: NodeJS.Timeout

  constructor() {
    this.#timer = setInterval(() => this.#beat(), BEAT_MS)
    this.#timer.unref()
  }

  get size(): number {
    return this.#streams.size
  }

  /** The stream with the id that a browser has chosen for itself; reads may name it before it connects. */
  stream(id: string): LiveStream {
    return this.#entry(id).stream
  }

  /** Ties a read to a stream: from now on it hears of this ensemble, and the read adds what it looks at. */
  viewer(ensemble: Ensemble, streamId: string, tab: string): Viewer {
    return { subscription: this.#link(ensemble, streamId).subscription, tab }
  }

  /** A tab has been closed, or has gone elsewhere. */
  releaseTab(streamId: string, tab: string): void {
    for (const link of this.#streams.get(streamId)?.links.values() ?? []) link.subscription.releaseTab(tab)
  }

  closeAll(): void {
    clearInterval(this.#timer)
    for (const id of [...this.#streams.keys()]) this.#drop(id)
  }

  #entry(id: string): { stream: LiveStream; links: Map<string, Link> } {
    const known = this.#streams.get(id)
    if (known) return known
    if (this.#streams.size >= MAX_STREAMS)
      throw new ZooKeeperError('Busy', { detail: 'too many browsers are connected' })
    const entry = { stream: new LiveStream(id), links: new Map<string, Link>() }
    this.#streams.set(id, entry)
    return entry
  }

  #link(ensemble: Ensemble, streamId: string): Link {
    const { stream, links } = this.#entry(streamId)
    const known = links.get(ensemble.id)
    if (known) return known
    const cluster = ensemble.id
    const subscription = ensemble.mirror.subscribe((changes) => stream.send({ type: 'changes', cluster, ...changes }))
    const unlistenConnection = ensemble.onConnection((connection) =>
      stream.send({ type: 'connection', cluster, connection }),
    )
    const unlistenGap = ensemble.onGap((gap) => stream.send({ type: 'gap', cluster, ...gap }))
    const unlistenRollback = ensemble.onRolledBack(() => stream.send({ type: 'reset' }))
    const unlistenLocks = ensemble.locks.listen({
      subscription,
      lock: (view) => stream.send({ type: 'lock', cluster, view }),
      locks: (response) => stream.send({ type: 'locks', cluster, response }),
    })
    const unlisten = (): void => {
      unlistenLocks()
      unlistenRollback()
      unlistenConnection()
      unlistenGap()
    }
    const link = { ensemble, subscription, unlisten }
    links.set(cluster, link)
    return link
  }

  #beat(): void {
    const now = Date.now()
    for (const [id, { stream, links }] of this.#streams) {
      if (stream.detachedSince !== null) {
        if (now - stream.detachedSince > KEEP_DETACHED_MS) this.#drop(id)
        continue
      }
      try {
        this.#beatOne(stream, links)
      } catch (error) {
        // One ensemble that cannot be asked must not silence the streams after it.
        log.error({ err: error }, 'beat failed')
      }
    }
  }

  #beatOne(stream: LiveStream, links: Map<string, Link>): void {
    const clusters: Record<string, Beat['clusters'][string]> = Object.create(null)
    for (const [cluster, link] of links) {
      if (link.subscription.isEmpty) {
        // Nothing of it is shown any more: nobody must keep its sessions open for us.
        links.delete(cluster)
        unlink(link)
        continue
      }
      const connection = link.ensemble.connection()
      const { heardAgoMs, zxid, load } = connection
      clusters[cluster] = { heardAgoMs, zxid, load, unwatched: link.subscription.unwatched }
      // While it is not connected its cause and its status move on without an event of their own.
      if (connection.status !== 'connected') stream.send({ type: 'connection', cluster, connection })
    }
    stream.send({ type: 'beat', clusters })
  }

  #drop(id: string): void {
    const entry = this.#streams.get(id)
    if (!entry) return
    this.#streams.delete(id)
    for (const link of entry.links.values()) unlink(link)
    entry.stream.close()
  }
}

function unlink({ ensemble, subscription, unlisten }: Link): void {
  unlisten()
  ensemble.mirror.unsubscribe(subscription)
}
