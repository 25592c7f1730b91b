import { fromServerPath } from './chroot'
import type { ConnectionFeatures } from './connection-features'
import { isZooKeeperError } from './errors'
import type { JuteReader } from './jute'
import { OneShotWatches } from './one-shot-watches'
import { EVENT_TYPE } from './opcodes'
import type { Operations } from './operations'
import { readPath } from './records'
import type { Request } from './request'
import type { RequestOptions, WatchEvent, WatchHandle, WatchListener, WatchMode } from './session'
import type { WatchKind } from './session-operations'
import { Watches } from './watches'

/** KeeperException.Code: MarshallingError, Unimplemented. */
const REFUSED: ReadonlySet<number> = new Set([-5, -6])

export interface SessionWatchesLink {
  /** '' for none. */
  readonly chroot: string
  readonly operations: Operations
  readonly features: ConnectionFeatures
  submit<T>(request: Request<T>, options?: RequestOptions): Promise<T>
}

/** Both kinds of watches of one session: those that stay, and those that are gone with their first event. */
export class SessionWatches {
  readonly persistent: Watches
  readonly oneShot: OneShotWatches
  notifications = 0

  constructor(private readonly link: SessionWatchesLink) {
    const { chroot, operations, features } = link
    this.persistent = new Watches(chroot, (request, options) => link.submit(request, options))
    this.oneShot = new OneShotWatches(chroot, operations, {
      submit: (request, options) => link.submit(request, options),
      canRemove: () => features.current?.create2 === true,
    })
  }

  get size(): number {
    return this.persistent.size + this.oneShot.size
  }

  async add(path: string, mode: WatchMode, listener: WatchListener, options?: RequestOptions): Promise<WatchHandle> {
    try {
      return await this.persistent.add(path, mode, listener, options)
    } catch (error) {
      // WatchManagerOptimized refuses it like this, and who only says that it is newer may have ended the connection too.
      if (isZooKeeperError(error) && REFUSED.has(error.zkCode)) this.link.features.refuseAddWatch()
      throw error
    }
  }

  /** The server holds them no longer: whoever waits for them hears nothing any more. */
  forget(path: string, kind: WatchKind): void {
    this.persistent.forget(path, kind)
    this.oneShot.forget(path, kind)
  }

  /** What a new connection is told before anything else. */
  registrations(lastZxid: bigint): Buffer[] {
    const known = this.link.features.current?.addWatch === true
    return [...this.persistent.registrations(lastZxid, known), ...this.oneShot.registrations(lastZxid)]
  }

  /** A notification, read up to its header. Returns false when it cannot be read. */
  notify(reader: JuteReader, headerZxid: bigint): boolean {
    try {
      const type = EVENT_TYPE[reader.int()]
      reader.int()
      const serverPath = readPath(reader)
      if (type !== undefined) this.#dispatch(type, serverPath, headerZxid > 0n ? headerZxid : null)
      return true
    } catch (error) {
      if (error instanceof RangeError) return false
      throw error
    }
  }

  #dispatch(type: WatchEvent['type'], serverPath: string, zxid: bigint | null): void {
    this.notifications += 1
    const path = fromServerPath(this.link.chroot, serverPath)
    if (path === null) return
    this.persistent.dispatch({ type, path, zxid })
    this.oneShot.dispatch({ type, path, zxid })
  }
}
