import { Listeners } from './listeners'
import type { SessionInfo, SessionStatus } from './session'

const OVER: ReadonlySet<SessionStatus> = new Set(['expired', 'auth-failed', 'closed'])

/** The status of one session, and who is told when it changes. */
export class StatusBoard {
  readonly #listeners = new Listeners<SessionInfo>()
  #status: SessionStatus = 'connecting'
  #since = Date.now()

  constructor(private readonly info: () => SessionInfo) {}

  get status(): SessionStatus {
    return this.#status
  }

  /** Date.now() of the last change. */
  get since(): number {
    return this.#since
  }

  get isOver(): boolean {
    return OVER.has(this.#status)
  }

  /** Tells everybody, of a status that stays the same too: something else about it is news. */
  become(status: SessionStatus): void {
    if (status !== this.#status) this.#since = Date.now()
    this.#status = status
    this.#listeners.emit(this.info())
  }

  subscribe(listener: (info: SessionInfo) => void): () => void {
    return this.#listeners.subscribe(listener)
  }

  clear(): void {
    this.#listeners.clear()
  }
}
