import type { Ensemble } from '@/lib/ensemble/ensemble'
import { describeFailure } from '@/lib/ensemble/failure'
import { createPersistent, deleteNode, type Seen, writeData } from '@/lib/ensemble/writes'
import type { Write } from './messages'

/** So many may wait for their ends at the same time: a person does not start thousands. */
const AT_ONCE = 30
const KINDS = ['create', 'set', 'delete'] as const

/**
 * Writes as people make them, at a steady rate, each to a znode of its own, so that another client can tell afterwards
 * which of them were applied. The root holds set-<n> and delete-<n>, whose data is "before"; see prepareWrites.
 */
export class WriteLog {
  readonly #done: Write[] = []
  readonly #running = new Set<Promise<void>>()
  readonly #timer: NodeJS.Timeout
  #number = 0

  constructor(
    private readonly ensemble: Ensemble,
    private readonly root: string,
    perSecond: number,
  ) {
    this.#timer = setInterval(() => this.#next(), 1_000 / perSecond)
  }

  /** Resolves when the outcome of each is known, or known to be unknown. */
  async stop(): Promise<readonly Write[]> {
    clearInterval(this.#timer)
    await Promise.all(this.#running)
    return this.#done
  }

  #next(): void {
    if (this.#running.size >= AT_ONCE) return
    const kind = KINDS[this.#number % KINDS.length] ?? 'create'
    const number = Math.floor(this.#number / KINDS.length)
    this.#number += 1
    const write = this.#write(kind, `${this.root}/${kind}-${number}`, `${kind} ${number}`)
    this.#running.add(write)
    void write.finally(() => this.#running.delete(write))
  }

  async #write(kind: Write['kind'], path: string, text: string): Promise<void> {
    const at = Date.now()
    const startedAt = performance.now()
    const done = (outcome: Write['outcome'], code: string | null) =>
      this.#done.push({ kind, path, text, outcome, code, at, ms: Math.round(performance.now() - startedAt) })
    try {
      await this.#send(kind, path, Buffer.from(text))
      done('applied', null)
    } catch (error) {
      const { code } = describeFailure(error)
      done(code === 'UnknownOutcome' ? 'unknown' : 'not applied', code)
    }
  }

  async #send(kind: Write['kind'], path: string, data: Buffer): Promise<void> {
    if (kind === 'create') {
      await createPersistent(this.ensemble, path, data)
      return
    }
    const seen = await this.#seen(path)
    if (kind === 'set') await writeData(this.ensemble, path, data, seen)
    else await deleteNode(this.ensemble, path, seen)
  }

  async #seen(path: string): Promise<Seen> {
    const { stat } = await this.ensemble.sessions.live().getData(path, { timeoutMs: 10_000 })
    return stat
  }
}
