import type { Limitation } from '@/lib/live/protocol'
import type { Stat } from '@/lib/znode/stat'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { Session, WatchEvent, WatchHandle, WatchListener } from '@/lib/zookeeper/session'

/** How the server of a connection tells us of changes; 'one-shot' where it has no recursive watches that work. */
export type Reach = 'recursive' | 'one-shot'

/** A server's refusal of the watch, not of us: nothing is gained by trying again on this connection. */
const REFUSALS: Readonly<Record<string, Limitation>> = {
  Unimplemented: 'old server',
  MarshallingError: 'watch manager',
}

interface Registration {
  readonly session: Session
  /** What the server of another connection knows may be something else. */
  connection: number
  readonly done: Promise<void>
  failed: boolean
}

/**
 * The one watch of an ensemble, recursive and on the root. The session registers it again on every new connection once
 * it was acknowledged; until then it is an ordinary request that times out when the ensemble is away for long. Whether
 * the server has such watches is found out again for every connection: an ensemble is upgraded one server at a time.
 */
export class RootWatch {
  #session: Session | null = null
  #registration: Registration | null = null
  #handle: WatchHandle | null = null
  #root: Stat | null = null
  /** The last event of the root while it is being checked. */
  #ofRoot: WatchEvent | null = null
  #limitation: Limitation | null = null

  /**
   * @param listener hears every event
   * @param onBroken the events turned out to be wrong: from now on {@link reach} is 'one-shot', and what they told is not true
   */
  constructor(
    private readonly listener: WatchListener,
    private readonly onBroken: () => void,
  ) {}

  get reach(): Reach {
    return this.#limitation === null ? 'recursive' : 'one-shot'
  }

  /** Why there is no recursive watch. */
  get limitation(): Limitation | null {
    return this.#limitation
  }

  attach(session: Session): void {
    this.#session = session
    this.#handle = null
    this.#root = null
    this.#register(session)
  }

  /**
   * Resolves when it is known how this connection tells of changes: what is read after that misses none.
   * @throws ZooKeeperError when the connection does not hold.
   */
  async ready(): Promise<void> {
    for (;;) {
      const session = this.#session
      if (session === null) return
      const registration = this.#isCurrent(session) ?? this.#register(session)
      await registration.done
      // Registered on the way to another connection: what counts is where we are now.
      if (this.#isCurrent(session) === registration) return
    }
  }

  /** Asks the server whether it still has the watch, and sets it again. Resolves with false when it did not. */
  async verify(): Promise<boolean> {
    const session = this.#session
    if (session === null || this.reach !== 'recursive') return true
    const kind = session.info.features?.watcherTypes === true ? 'recursive' : 'any'
    if (await session.checkWatches('/', kind)) return true
    // Only the server has forgotten it: the session still has its listener, and would take it for registered.
    await this.#handle?.remove()
    await this.#register(session).done
    return false
  }

  #isCurrent(session: Session): Registration | null {
    const registration = this.#registration
    if (registration === null || registration.failed || registration.session !== session) return null
    if (registration.connection === session.info.connections) return registration
    // The session has told the new connection of it by itself.
    if (this.reach !== 'recursive' || session.info.features?.addWatch !== true) return null
    registration.connection = session.info.connections
    return registration
  }

  #register(session: Session): Registration {
    const registration: Registration = {
      session,
      connection: session.info.connections,
      failed: false,
      done: this.#add(session).then(
        () => {
          registration.connection = session.info.connections
        },
        (error: unknown) => {
          registration.failed = true
          throw error
        },
      ),
    }
    registration.done.catch(() => undefined)
    this.#registration = registration
    return registration
  }

  async #add(session: Session): Promise<void> {
    if (this.#limitation === 'wrong paths') return
    try {
      const handle = await session.addWatch('/', 'recursive', (event) => this.#onEvent(session, event))
      const old = this.#handle
      this.#handle = handle
      this.#limitation = null
      // After the new one, so that the watch of the server stays.
      await old?.remove()
    } catch (error) {
      const limitation = isZooKeeperError(error) ? REFUSALS[error.code] : undefined
      if (limitation === undefined) throw error
      const { version, addWatch } = session.info.features ?? { version: null, addWatch: false }
      this.#limitation = version !== null && addWatch ? 'watch manager' : limitation
    }
    this.#root ??= await session.exists('/')
  }

  #onEvent(session: Session, event: WatchEvent): void {
    if (session !== this.#session || this.reach !== 'recursive') return
    if (event.path !== '/') {
      this.listener(event)
      return
    }
    const isChecking = this.#ofRoot !== null
    this.#ofRoot = event
    if (!isChecking) void this.#check(session)
  }

  /**
   * ClickHouse Keeper names the watch in the events of a recursive watch, not the znode (its issue 115475): then "/"
   * changes all the time. What is said of the root is believed when its stat says so too. The answer comes after the
   * events of everything that it shows, so that one answer is enough for all of them.
   */
  async #check(session: Session): Promise<void> {
    const before = this.#root
    const now = await session.exists('/').catch(() => undefined)
    const event = this.#ofRoot
    this.#ofRoot = null
    if (now === undefined || event === null || session !== this.#session || this.reach !== 'recursive') return
    this.#root = now
    if (now?.czxid !== before?.czxid || now?.mzxid !== before?.mzxid) {
      this.listener(event)
      return
    }
    this.#limitation = 'wrong paths'
    const handle = this.#handle
    this.#handle = null
    await handle?.remove()
    this.onBroken()
  }
}
