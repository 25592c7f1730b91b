import type { ErrorCode } from '@/lib/znode/app-error'
import type { LinkFault } from './link-fault'

/** How much a cause explains, most first: of three servers two may be down, but the third says that there is no quorum. */
const TELLING: readonly ErrorCode[] = ['DataInconsistency', 'NoQuorum', 'NotZooKeeper', 'HostUnknown', 'Unreachable']

/** What went wrong with each server since the last connection. */
export class FaultHistory {
  readonly #latest = new Map<string, LinkFault>()
  readonly #behind = new Map<string, number>()

  constructor(private readonly servers: number) {}

  add(fault: LinkFault): void {
    // Deleted first, so that the newest comes last.
    this.#latest.delete(fault.server)
    this.#latest.set(fault.server, fault)
  }

  /** A server's own account of what add() could only describe from outside. */
  explain(fault: LinkFault): void {
    this.#latest.set(fault.server, fault)
    if (fault.code !== 'DataInconsistency') this.#behind.delete(fault.server)
    else this.#behind.set(fault.server, (this.#behind.get(fault.server) ?? 0) + 1)
  }

  clear(): void {
    this.#latest.clear()
    this.#behind.clear()
  }

  /** The cause to show: the most telling one, of equals the newest. null while nothing is wrong. */
  get cause(): LinkFault | null {
    let cause: LinkFault | null = null
    for (const fault of this.#latest.values()) {
      if (cause === null || rank(fault) <= rank(cause)) cause = fault
    }
    return cause
  }

  /**
   * A majority has twice been found behind what the session has seen. What it saw was on a majority once, so the ensemble
   * has gone back in time (restored from a snapshot) and will refuse this session for ever.
   */
  get isRolledBack(): boolean {
    const behind = [...this.#behind.values()].filter((times) => times >= 2).length
    return behind > this.servers / 2
  }
}

function rank(fault: LinkFault): number {
  const index = TELLING.indexOf(fault.code)
  return index === -1 ? TELLING.length : index
}
