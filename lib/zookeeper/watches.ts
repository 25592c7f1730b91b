import { parentOf, toServerPath } from './chroot'
import { Listeners } from './listeners'
import { ADD_WATCH_MODE, ANY_WATCHER, OPCODE } from './opcodes'
import type { Request } from './request'
import type { RequestOptions, WatchEvent, WatchHandle, WatchListener, WatchMode } from './session'
import type { WatchKind } from './session-operations'
import { persistentFrames } from './set-watches'

/** All watches of one path. The server has one watch a path and session; servers before 3.9 keep only its last mode. */
interface Watch {
  readonly path: string
  readonly persistent: Listeners<WatchEvent>
  readonly recursive: Listeners<WatchEvent>
  /** What the server holds. A recursive watch is never narrowed: that could only be done with a gap. */
  registered: WatchMode | null
  /** Registrations that wait for their answer. */
  adding: number
  /** Of the last 'children' event, so that a server that sends both kinds is not heard twice. */
  lastChildren: bigint | null
}

type Submit = <T>(request: Request<T>, options?: RequestOptions) => Promise<T>

/** The persistent watches of one session (3.6 and newer). */
export class Watches {
  readonly #watches = new Map<string, Watch>()
  /** The server of this connection knows of those that are registered. */
  #told = true

  constructor(
    private readonly chroot: string,
    private readonly submit: Submit,
  ) {}

  /** Paths that the server watches for us. */
  get size(): number {
    return this.#watches.size
  }

  async add(path: string, mode: WatchMode, listener: WatchListener, options?: RequestOptions): Promise<WatchHandle> {
    const watch = this.#watches.get(path) ?? this.#create(path)
    let unsubscribe: (() => void) | null = null
    const listen = () => {
      unsubscribe = watch[mode].subscribe(listener)
    }
    if (this.#told && (watch.registered === mode || watch.registered === 'recursive')) listen()
    else await this.#register(watch, mode, listen, options)
    return {
      remove: async () => {
        unsubscribe?.()
        if (unsubscribe !== null) await this.#forgetIfUnused(watch, false)
        unsubscribe = null
      },
    }
  }

  /** The server holds these watches no longer: whoever listened hears nothing any more, and no connection gets them again. */
  forget(path: string, kind: WatchKind): void {
    const watch = this.#watches.get(path)
    if (watch === undefined || (kind !== 'any' && kind !== watch.registered)) return
    watch.persistent.clear()
    watch.recursive.clear()
    watch.registered = null
    if (watch.adding === 0) this.#watches.delete(path)
  }

  /** The frames that tell a new connection of every watch: none to a server that does not know addWatch. */
  registrations(lastZxid: bigint, known: boolean): Buffer[] {
    this.#told = known
    if (!known) return []
    const paths: Record<WatchMode, string[]> = { persistent: [], recursive: [] }
    for (const { path, registered } of this.#watches.values()) {
      if (registered !== null) paths[registered].push(toServerPath(this.chroot, path))
    }
    return persistentFrames(lastZxid, paths.persistent, paths.recursive)
  }

  /** Calls every listener that the event is for. */
  dispatch(event: WatchEvent): void {
    const { type, path, zxid } = event
    this.#emitOwn(event)
    // ZOOKEEPER-4475: a child event that another watch of ours asked for must not reach recursive ones.
    if (type === 'children') return
    for (let above: string | null = path; above !== null; above = parentOf(above)) {
      const watch = this.#watches.get(above)
      if (watch !== undefined) watch.recursive.emit(event)
    }
    const parent = type === 'changed' ? null : parentOf(path)
    // A recursive watch sends no child events: for persistent listeners that share it they are derived.
    if (parent !== null && this.#watches.get(parent)?.registered === 'recursive') {
      this.#emitOwn({ type: 'children', path: parent, zxid })
    }
  }

  #emitOwn(event: WatchEvent): void {
    const watch = this.#watches.get(event.path)
    if (watch === undefined || watch.persistent.size === 0) return
    if (event.type === 'children' && event.zxid !== null) {
      if (event.zxid === watch.lastChildren) return
      watch.lastChildren = event.zxid
    }
    watch.persistent.emit(event)
  }

  #create(path: string): Watch {
    const watch: Watch = {
      path,
      persistent: new Listeners(),
      recursive: new Listeners(),
      registered: null,
      adding: 0,
      lastChildren: null,
    }
    this.#watches.set(path, watch)
    return watch
  }

  async #register(watch: Watch, mode: WatchMode, listen: () => void, options?: RequestOptions): Promise<void> {
    const { path } = watch
    watch.adding += 1
    let counted = true
    const settled = () => {
      if (counted) watch.adding -= 1
      counted = false
    }
    try {
      await this.submit(
        {
          opcode: OPCODE.addWatch,
          path,
          feature: 'addWatch',
          repeatable: true,
          encode: (writer) => writer.string(toServerPath(this.chroot, path)).int(ADD_WATCH_MODE[mode]),
          // Here and not after the await: the next frame may hold the first event.
          decode: () => {
            settled()
            if (watch.registered !== 'recursive') watch.registered = mode
            listen()
          },
          late: () => this.#forgetIfUnused(watch, true),
        },
        options,
      )
    } catch (error) {
      settled()
      await this.#forgetIfUnused(watch, false)
      throw error
    }
  }

  /** Takes the watch from the server when nobody listens and nobody is about to. */
  async #forgetIfUnused(watch: Watch, surelyThere: boolean): Promise<void> {
    const { path } = watch
    if (watch.persistent.size + watch.recursive.size + watch.adding > 0) return
    const current = this.#watches.get(path)
    // Another one for the same path may have come into being; the server has just one, which is then the other's.
    if (current !== undefined && current !== watch) return
    this.#watches.delete(path)
    if (watch.registered === null && !surelyThere) return
    watch.registered = null
    await this.submit({
      opcode: OPCODE.removeWatches,
      path,
      feature: 'create2',
      encode: (writer) => writer.string(toServerPath(this.chroot, path)).int(ANY_WATCHER),
      decode: () => undefined,
    }).catch(() => undefined) // The connection or the session is gone, and the watch with it.
  }
}
