import type { Subscription } from '@/lib/ensemble/subscription'
import type { LocksResponse, LockView } from '@/lib/queries/lock-responses'

/** A browser, for what it is to be told of locks. */
export interface LockListener {
  readonly subscription: Subscription
  lock(view: LockView): void
  locks(response: LocksResponse): void
}

/** Of those who take part so many are told at once; the rest is asked for. */
const HEAD = 200
/** No message is longer, in characters of JSON. */
const MAX_MESSAGE = 200_000
/** One lock tells at most so much: a long queue that moves all the time is told less often. */
const BYTES_A_MS = 400
const LEAST_MS = 100

interface Pending {
  nextAt: number
  timer: NodeJS.Timeout | undefined
}

/** All who look at locks of one ensemble, each told as often as it can be borne. */
export class LockAudience {
  readonly #listeners = new Set<LockListener>()
  readonly #pending = new Map<string, Pending>()

  add(listener: LockListener): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The locks that somebody looks at. */
  get locks(): Set<string> {
    const all = new Set<string>()
    for (const { subscription } of this.#listeners) for (const path of subscription.locks) all.add(path)
    return all
  }

  /** Somebody looks at the list of all locks. */
  get wantsLocks(): boolean {
    return [...this.#listeners].some(({ subscription }) => subscription.hasLocks)
  }

  /** Tells of a lock, now or as soon as it may be told again; `view` is asked at that moment. */
  tell(path: string, view: (count: number) => LockView): void {
    if (!this.#to(path).length) return
    const pending = this.#pending.get(path) ?? { nextAt: 0, timer: undefined }
    this.#pending.set(path, pending)
    if (pending.timer !== undefined) return
    const wait = pending.nextAt - Date.now()
    if (wait <= 0) this.#send(path, view, pending)
    else
      pending.timer = setTimeout(() => {
        pending.timer = undefined
        this.#send(path, view, pending)
      }, wait)
  }

  tellLocks(response: LocksResponse): void {
    for (const listener of this.#listeners) if (listener.subscription.hasLocks) listener.locks(response)
  }

  forget(path: string): void {
    clearTimeout(this.#pending.get(path)?.timer)
    this.#pending.delete(path)
  }

  clear(): void {
    for (const path of [...this.#pending.keys()]) this.forget(path)
  }

  #to(path: string): LockListener[] {
    return [...this.#listeners].filter(({ subscription }) => subscription.hasLock(path))
  }

  #send(path: string, view: (count: number) => LockView, pending: Pending): void {
    let told = view(HEAD)
    let length = JSON.stringify(told).length
    while (length > MAX_MESSAGE && told.contenders.length > 1) {
      told = view(Math.max(1, Math.floor(((told.contenders.length * MAX_MESSAGE) / length) * 0.9)))
      length = JSON.stringify(told).length
    }
    pending.nextAt = Date.now() + Math.max(LEAST_MS, length / BYTES_A_MS)
    for (const listener of this.#to(path)) listener.lock(told)
  }
}
