import type { LiveClient } from '@/lib/live/client'
import { fetchChildren } from '@/lib/queries/children'
import { toAppError } from '@/lib/queries/get-json'
import type { ChildrenResponse, ChildSort } from '@/lib/queries/responses'
import { type Directory, PAGE_SIZE } from '@/lib/tree/directory'
import type { AppError } from '@/lib/znode/app-error'

/** Reads of one directory begin at least this far apart, ms. */
const INTERVAL_MS = 100
/** Rows around the visible ones that are read with them, so that a shift of the list keeps them on the same page. */
const MARGIN = 64

export interface ListHost {
  readonly cluster: string
  readonly live: LiveClient
  listView(path: string): { readonly sort: ChildSort; readonly filter: string }
  /** Hands over a change of the rows; the host decides when to apply and draw it. */
  change(apply: () => void): void
  changeNow(apply: () => void): void
  accepted(directory: Directory, gone: readonly Directory[]): void
  failed(directory: Directory, error: AppError): void
}

interface Job {
  readonly from: number
  readonly to: number
  readonly abort: AbortController
  /** Somebody waits for this very part: scrolling elsewhere does not abort it. */
  readonly awaited: boolean
}

interface State {
  job: Job | null
  startedAt: number
  timer: ReturnType<typeof setTimeout> | undefined
  /** The last read failed: nothing is asked until somebody says so, or something changes. */
  failed: boolean
  forgivenAt: number
}

/** Reads the parts of open directories that are on the screen, one request a directory at a time. */
export class ListLoader {
  readonly #states = new WeakMap<Directory, State>()

  constructor(private readonly host: ListHost) {}

  /** Children [first, last) are on the screen: reads what is missing or out of date of them. */
  ensure(directory: Directory, first: number, last: number): void {
    const state = this.#state(directory)
    if (state.failed) return
    const from = Math.floor(Math.max(0, first - MARGIN) / PAGE_SIZE)
    const end = directory.loaded ? Math.min(last + MARGIN, directory.total) : last
    const to = Math.max(from + 1, Math.ceil(end / PAGE_SIZE))
    const stale = !directory.loaded || directory.revision === -1 || directory.revision < directory.wanted
    const missing = () => Array.from({ length: to - from }, (_, i) => from + i).some((page) => !directory.hasPage(page))
    clearTimeout(state.timer)
    if (!stale && (directory.total === 0 || !missing())) return
    if (state.job !== null) {
      // Scrolled past it: the answer is of no use any more. Else its answer comes first, then a look at what is left.
      if (state.job.awaited || (state.job.from < to && state.job.to > from)) return
      state.job.abort.abort()
      state.job = null
    }
    const read = () => void this.#read(directory, from, to, false)
    const wait = state.startedAt + INTERVAL_MS - performance.now()
    if (wait <= 0) read()
    else state.timer = setTimeout(read, wait)
  }

  /** Reads the page around a child now. Never rejects: a failure is a row of the directory. */
  readAround(directory: Directory, index: number): Promise<void> {
    const page = Math.floor(index / PAGE_SIZE)
    return this.#read(directory, page, page + 1, true)
  }

  /** Something has changed, or somebody asked: a directory that could not be read is tried again. */
  forgive(directory: Directory): void {
    const state = this.#state(directory)
    state.failed = false
    state.forgivenAt = performance.now()
  }

  /** The directory is closed, or what was asked for is no longer wanted. */
  cancel(directory: Directory): void {
    const state = this.#state(directory)
    clearTimeout(state.timer)
    state.job?.abort.abort()
    state.job = null
    state.startedAt = Number.NEGATIVE_INFINITY
  }

  async #read(directory: Directory, from: number, to: number, awaited: boolean): Promise<void> {
    const { cluster, live } = this.host
    const state = this.#state(directory)
    clearTimeout(state.timer)
    state.job?.abort.abort()
    const startedAt = performance.now()
    state.startedAt = startedAt
    const abort = new AbortController()
    state.job = { from, to, abort, awaited }
    const page = { path: directory.path, from: from * PAGE_SIZE, count: (to - from) * PAGE_SIZE, viewer: live.viewer }
    let outcome: () => void
    try {
      const answer = await fetchChildren(cluster, { ...page, ...this.host.listView(directory.path) }, abort.signal)
      outcome = () => this.#accept(directory, answer)
    } catch (thrown) {
      outcome = () => {
        // Forgiven while it was under way: its failure is of before, and a further read may go well.
        state.failed = state.forgivenAt <= startedAt
        this.host.failed(directory, toAppError(thrown))
      }
    }
    if (abort.signal.aborted) return
    state.job = null
    await new Promise<void>((resolve) => {
      const apply = () => {
        if (!abort.signal.aborted) outcome()
        resolve()
      }
      if (awaited || !directory.loaded) this.host.changeNow(apply)
      else this.host.change(apply)
    })
  }

  #accept(directory: Directory, answer: ChildrenResponse): void {
    const gone = directory.accept(answer)
    if (gone === null) return
    this.host.accepted(directory, gone)
  }

  #state(directory: Directory): State {
    let state = this.#states.get(directory)
    if (state === undefined) {
      const never = Number.NEGATIVE_INFINITY
      state = { job: null, startedAt: never, timer: undefined, failed: false, forgivenAt: never }
      this.#states.set(directory, state)
    }
    return state
  }
}
