import type { Session, WatchListener } from '@/lib/zookeeper/session'

/**
 * The one watch of an ensemble, recursive and on the root. The session registers it again on every new connection once
 * it was acknowledged; until then it is an ordinary request that times out when the ensemble is away for long.
 */
export class RootWatch {
  #session: Session | null = null
  #registered: Promise<unknown> = Promise.resolve()
  #failed = false

  constructor(private readonly listener: WatchListener) {}

  attach(session: Session): void {
    this.#session = session
    this.#register()
  }

  /** Resolves when the server has acknowledged it: what is read after that misses no change. @throws ZooKeeperError */
  async ready(): Promise<void> {
    if (this.#failed) this.#register()
    await this.#registered
  }

  #register(): void {
    const registered = this.#session?.addWatch('/', 'recursive', this.listener) ?? Promise.resolve()
    this.#failed = false
    this.#registered = registered
    registered.catch(() => {
      if (this.#registered === registered) this.#failed = true
    })
  }
}
