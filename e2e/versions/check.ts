import type { Feature } from '@/lib/zookeeper/server-features'
import type { Session } from '@/lib/zookeeper/session'

export interface Bench {
  /** "host:port" of the one server. */
  readonly connect: string
  /** Under test. */
  readonly session: Session
  /** Somebody else, on the same server. */
  readonly other: Session
  /** A znode of this check alone. */
  readonly path: string
  readonly version: string
}

export interface Check {
  readonly name: string
  /** What the server must know; without it the check is that the request is refused and the session goes on. */
  readonly feature?: Feature
  /** @throws when it does not work. A string that it resolves with is a remark for the table. */
  run(bench: Bench): Promise<unknown>
}

/** @throws Error that names both when they differ. */
export function same(actual: unknown, expected: unknown, what: string): void {
  const [one, other] = [actual, expected].map((value) =>
    JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? `0x${part.toString(16)}` : part)),
  )
  if (one !== other) throw new Error(`${what}: ${one} instead of ${other}`)
}
