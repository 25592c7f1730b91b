import type { Stat } from '@/lib/znode/stat'
import { toServerPath } from './chroot'
import { isZooKeeperError } from './errors'
import { Listeners } from './listeners'
import { OPCODE, WATCHER_TYPE } from './opcodes'
import type { Operations } from './operations'
import type { Request } from './request'
import type { OneShot, OneShotKind, RequestOptions, WatchEvent, WatchListener } from './session'
import type { WatchKind } from './session-operations'
import { oneShotFrames } from './set-watches'

/** What the server holds for us at one path. */
interface Armed {
  /** 'exists': on a znode that is not there, to be told apart when a new connection is told of it. */
  data: 'data' | 'exists' | null
  children: boolean
  /** Kinds that nobody waits for any more, but that a server before 3.5 cannot be made to forget. */
  readonly unwanted: Set<OneShotKind>
}

export interface OneShotLink {
  submit<T>(request: Request<T>, options?: RequestOptions): Promise<T>
  /** removeWatches is known to the server. */
  canRemove(): boolean
}

/**
 * Watches that are gone with their first event, which every server has had from the beginning. Each is set by the read
 * itself: what was read and what the event will be about have nothing in between.
 */
export class OneShotWatches implements OneShot {
  readonly #armed = new Map<string, Armed>()
  readonly #listeners = new Listeners<WatchEvent>()

  constructor(
    private readonly chroot: string,
    private readonly operations: Operations,
    private readonly link: OneShotLink,
  ) {}

  get size(): number {
    let size = 0
    for (const { data, children } of this.#armed.values()) size += (data === null ? 0 : 1) + (children ? 1 : 0)
    return size
  }

  has(path: string, kind: OneShotKind): boolean {
    const armed = this.#armed.get(path)
    if (armed === undefined || armed.unwanted.has(kind)) return false
    return kind === 'data' ? armed.data !== null : armed.children
  }

  all(): { readonly path: string; readonly kind: OneShotKind }[] {
    const kinds = ['data', 'children'] as const
    return [...this.#armed.keys()].flatMap((path) =>
      kinds.filter((kind) => this.has(path, kind)).map((kind) => ({ path, kind })),
    )
  }

  async exists(path: string, options?: RequestOptions): Promise<Stat | null> {
    try {
      const request = this.#watching(this.operations.exists(path, true), () => this.#arm(path, 'data', 'data'))
      return await this.link.submit(request, options)
    } catch (error) {
      if (!isZooKeeperError(error) || error.code !== 'NoNode') throw error
      // DataTree.statNode registers before it looks. An event right behind the answer is handed out after this turn.
      this.#arm(path, 'data', 'exists')
      return null
    }
  }

  getChildren(path: string, options?: RequestOptions): ReturnType<OneShot['getChildren']> {
    const request = this.#watching(this.operations.getChildren(path, true), () => this.#arm(path, 'children', null))
    return this.link.submit(request, options)
  }

  async drop(path: string, kind: OneShotKind): Promise<void> {
    if (!this.has(path, kind)) return
    if (!this.link.canRemove()) {
      this.#armed.get(path)?.unwanted.add(kind)
      return
    }
    this.#forget(path, kind)
    await this.link
      .submit({
        opcode: OPCODE.removeWatches,
        path,
        encode: (writer) => writer.string(toServerPath(this.chroot, path)).int(WATCHER_TYPE[kind]),
        decode: () => undefined,
      })
      .catch(() => undefined) // It has just fired, or the connection is gone and the watch with it.
  }

  /** The server holds them no longer. */
  forget(path: string, kind: WatchKind): void {
    for (const each of ['data', 'children'] as const) if (kind === each || kind === 'any') this.#forget(path, each)
  }

  onEvent(listener: WatchListener): () => void {
    return this.#listeners.subscribe(listener)
  }

  /** What to send to a new connection before anything else. Nobody's watches are forgotten, as it has never known them. */
  registrations(lastZxid: bigint): Buffer[] {
    const paths = { data: [] as string[], exists: [] as string[], children: [] as string[] }
    for (const [path, armed] of this.#armed) {
      for (const kind of armed.unwanted) this.#forget(path, kind)
      const serverPath = toServerPath(this.chroot, path)
      if (armed.data !== null) paths[armed.data].push(serverPath)
      if (armed.children) paths.children.push(serverPath)
    }
    return oneShotFrames(lastZxid, paths)
  }

  /** Tells of an event that one of these watches was for. Others, and late ones, are none of ours. */
  dispatch(event: WatchEvent): void {
    const { type, path } = event
    const kinds: readonly OneShotKind[] =
      type === 'children' ? ['children'] : type === 'deleted' ? ['data', 'children'] : ['data']
    const wanted = kinds.filter((kind) => this.has(path, kind)).length > 0
    for (const kind of kinds) this.#forget(path, kind)
    if (wanted) this.#listeners.emit(event)
  }

  #watching<T>(request: Request<T>, arm: () => void): Request<T> {
    return {
      ...request,
      // Here and not after the await: the next frame may hold the event.
      decode: (reader, zxid) => {
        arm()
        return request.decode(reader, zxid)
      },
      late: arm,
    }
  }

  #arm(path: string, kind: OneShotKind, data: 'data' | 'exists' | null): void {
    const armed = this.#armed.get(path) ?? { data: null, children: false, unwanted: new Set<OneShotKind>() }
    this.#armed.set(path, armed)
    armed.unwanted.delete(kind)
    if (kind === 'data') armed.data = data
    else armed.children = true
  }

  #forget(path: string, kind: OneShotKind): void {
    const armed = this.#armed.get(path)
    if (armed === undefined) return
    armed.unwanted.delete(kind)
    if (kind === 'data') armed.data = null
    else armed.children = false
    if (armed.data === null && !armed.children) this.#armed.delete(path)
  }
}
