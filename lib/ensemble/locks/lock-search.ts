import type { Sessions } from '@/lib/ensemble/mirror'
import type { LockSearch as SearchView } from '@/lib/queries/lock-responses'
import { coordinationPathOf } from '@/lib/recipes/coordination-path'
import { parentOf } from '@/lib/znode/path'
import { crawl } from './crawl'
import type { EvidenceSource, Gathered } from './evidence-source'

/** Where a server lists every ephemeral, older than this it is asked again. */
const FRESH_MS = 5000

export interface SearchLink {
  readonly sessions: Sessions
  readonly evidence: EvidenceSource
  /** Something may coordinate here. */
  found(coordinationPath: string): void
  /** How many that were found have not been looked at yet. */
  readonly waiting: number
  /** How many have. */
  readonly examined: number
  /** Resolves when all that were found have been looked at. */
  examinedAll(): Promise<void>
  readonly cut: boolean
}

/** Looks for locks once: in the list of all ephemerals where a server gives it, else znode by znode. */
export class LockSearch {
  #state: SearchView['state'] = 'searching'
  #by: SearchView['by'] = 'dump'
  readonly #crawled = { looked: 0, left: 0, cut: false }
  readonly #startedAt = Date.now()
  #finishedAt: number | null = null
  readonly #abort = new AbortController()

  constructor(private readonly link: SearchLink) {}

  /** Never rejects. */
  async run(): Promise<void> {
    try {
      const { ephemerals } = await this.link.evidence.current(FRESH_MS)
      if (ephemerals !== null) for (const path of placesOf(ephemerals)) this.link.found(path)
      else {
        this.#by = 'crawl'
        const { sessions } = this.link
        await crawl(
          () => sessions.bulk(),
          (path) => this.link.found(path),
          this.#crawled,
          this.#abort.signal,
        )
      }
      await this.link.examinedAll()
      this.#finish('finished')
    } catch {
      // Why is said by the connection: the ensemble could not be asked.
      this.#finish('failed')
    }
  }

  stop(): void {
    this.#abort.abort()
    this.#finish('stopped')
  }

  get isRunning(): boolean {
    return this.#state === 'searching'
  }

  get view(): SearchView {
    const { looked, left, cut } = this.#crawled
    const isCrawl = this.#by === 'crawl'
    return {
      state: this.#state,
      by: this.#by,
      looked: isCrawl ? looked : this.link.examined,
      left: this.isRunning ? (isCrawl ? left : 0) + this.link.waiting : 0,
      cut: cut || this.link.cut,
      startedAt: this.#startedAt,
      finishedAt: this.#finishedAt,
    }
  }

  #finish(state: SearchView['state']): void {
    if (!this.isRunning) return
    this.#state = state
    this.#finishedAt = Date.now()
  }
}

/** The places that the ephemerals of an ensemble belong to. */
export function placesOf(ephemerals: NonNullable<Gathered['ephemerals']>): Set<string> {
  const folders = new Set<string>()
  for (const paths of ephemerals.values()) for (const path of paths) folders.add(parentOf(path))
  const places = new Set<string>()
  for (const paths of ephemerals.values()) {
    for (const path of paths) places.add(coordinationPathOf(path, (folder) => folders.has(folder)))
  }
  return places
}
