import type { SeenChild } from '@/lib/recipes/layout'
import { joinPath } from '@/lib/znode/path'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { RequestOptions, Session } from '@/lib/zookeeper/session'
import type { Pace } from './pace'

/** What says who somebody is is short: longer data is not kept, and where that is known before, not read. */
const MAX_CHILD_DATA = 4096
/** A znode may hold a megabyte, and how long its data is shows only with it: many at once only where all so far were short. */
const FIRST_BATCH = 4
const LARGEST_BATCH = 32
const BATCH_BYTES = 256 * 1024
/** A read among others in one request, compared with a request of its own. */
const SHARE = 1 / 4

/** A child as it was read; `gone`: there was none of this name. */
export interface ChildRead extends SeenChild {
  readonly gone: boolean
}

/** Reads data and stat of the children of one directory, many in one request where the server can do that. */
export class ChildReader {
  #batch = FIRST_BATCH

  constructor(private readonly pace: Pace) {}

  /** How many to ask for at a time, so that they come in one request. */
  get batch(): number {
    return this.#batch
  }

  /** One that may not be read harms nothing else: its stat is null. @throws ZooKeeperError when the connection breaks */
  async read(
    session: Session,
    directory: string,
    names: readonly string[],
    options: RequestOptions = {},
  ): Promise<ChildRead[]> {
    if (session.info.features?.multiRead !== true) return this.#one(session, directory, names, options)
    const parts: string[][] = []
    for (let at = 0; at < names.length; at += this.#batch) parts.push(names.slice(at, at + this.#batch))
    const read = await Promise.all(parts.map((part) => this.#many(session, directory, part, options)))
    return read.flat()
  }

  async #many(
    session: Session,
    directory: string,
    names: readonly string[],
    options: RequestOptions,
  ): Promise<ChildRead[]> {
    const reads = names.map((name) => ({ type: 'getData' as const, path: joinPath(directory, name) }))
    try {
      const results = await this.pace.run(Math.max(1, names.length * SHARE), () => session.multiRead(reads, options))
      const longest = Math.max(...results.map((result) => (result.type === 'getData' ? result.stat.dataLength : 0)))
      const fits = Math.max(1, Math.floor(BATCH_BYTES / Math.max(1, longest)))
      this.#batch = Math.min(fits, LARGEST_BATCH, this.#batch * 2)
      return await Promise.all(
        results.map(async (result, index) => {
          const name = names[index] as string
          if (result.type === 'getData') return { name, stat: result.stat, data: short(result.data), gone: false }
          if (result.type === 'error' && result.error.code === 'NoNode') return goneChild(name)
          // Whoever may not read the data may be told the stat.
          return this.#single(session, directory, name, options)
        }),
      )
    } catch (error) {
      if (!isZooKeeperError(error) || error.code !== 'ReplyTooLarge') throw error
      this.#batch = 1
      return this.#one(session, directory, names, options)
    }
  }

  #one(session: Session, directory: string, names: readonly string[], options: RequestOptions): Promise<ChildRead[]> {
    return Promise.all(names.map((name) => this.#single(session, directory, name, options)))
  }

  #single(session: Session, directory: string, name: string, options: RequestOptions): Promise<ChildRead> {
    const path = joinPath(directory, name)
    return this.pace.run(2, async () => {
      try {
        const stat = await session.exists(path, options)
        if (stat === null) return goneChild(name)
        if (stat.dataLength === 0 || stat.dataLength > MAX_CHILD_DATA) return { name, stat, data: null, gone: false }
        const read = await session.getData(path, options).catch(refusedIsNull)
        // Read together with the data: one that was made again in between is told as it is now.
        return read === null
          ? { name, stat, data: null, gone: false }
          : { name, ...read, data: short(read.data), gone: false }
      } catch (error) {
        if (isZooKeeperError(error) && error.code === 'NoNode') return goneChild(name)
        if (isZooKeeperError(error) && error.code === 'NoAuth') return { name, stat: null, data: null, gone: false }
        throw error
      }
    })
  }
}

function goneChild(name: string): ChildRead {
  return { name, stat: null, data: null, gone: true }
}

function short(data: Uint8Array | null): Uint8Array | null {
  return data !== null && data.length > MAX_CHILD_DATA ? null : data
}

function refusedIsNull(error: unknown): null {
  if (isZooKeeperError(error) && (error.code === 'NoAuth' || error.code === 'ReplyTooLarge')) return null
  throw error
}
