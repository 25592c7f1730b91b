import type { ErrorCode } from '@/lib/znode/app-error'
import type { LinkFault } from './link-fault'

/** How much a cause explains, most first: of three servers two may be down, but the third says that there is no quorum. */
const TELLING: readonly ErrorCode[] = [
  'DataInconsistency',
  'NoQuorum',
  'TlsNameMismatch',
  'TlsUntrusted',
  'TlsExpired',
  'TlsClientRefused',
  'TlsExpected',
  'TlsNotSpoken',
  'TlsFailed',
  'NotZooKeeper',
  'TurnedAway',
  'HostUnknown',
  'Unreachable',
]

/** So often must a server be found behind: one that has only just begun to serve may not have caught up. */
const FINDINGS = 2
/** What is found within one moment is one finding. Shorter than the first delay between attempts. */
const ONE_MOMENT_MS = 900

/** What went wrong with each server since the last connection. */
export class FaultHistory {
  readonly #latest = new Map<string, LinkFault>()
  /** Servers that were found behind: how often, where they were, and when that was asked. */
  readonly #behind = new Map<string, { times: number; zxid: bigint; at: number }>()

  constructor(private readonly servers: number) {}

  add(fault: LinkFault): void {
    // Deleted first, so that the newest comes last.
    this.#latest.delete(fault.server)
    this.#latest.set(fault.server, fault)
  }

  /**
   * A server's own account of what add() could only describe from outside. Returns true when it makes it likelier that the
   * ensemble has gone back in time.
   * @param at performance.now() when it was asked
   */
  explain(fault: LinkFault, at: number): boolean {
    const { server, behindAt } = fault
    this.#latest.set(server, fault)
    if (behindAt === undefined) {
      this.#behind.delete(server)
      return false
    }
    const known = this.#behind.get(server)
    if (known !== undefined && at - known.at < ONE_MOMENT_MS) return false
    const times = (known?.times ?? 0) + 1
    this.#behind.set(server, { times, zxid: behindAt, at })
    return times <= FINDINGS
  }

  /** A server that serves is not behind: those that are will catch up. */
  refuteRollback(): void {
    this.#behind.clear()
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
   * has gone back in time (restored from a snapshot) and will refuse this session for ever: where the foremost of them
   * was. null while that is not so.
   */
  get rolledBackTo(): bigint | null {
    const behind = [...this.#behind.values()].filter(({ times }) => times >= FINDINGS)
    if (behind.length <= this.servers / 2) return null
    let foremost = 0n
    for (const { zxid } of behind) if (zxid > foremost) foremost = zxid
    return foremost
  }
}

function rank(fault: LinkFault): number {
  const index = TELLING.indexOf(fault.code)
  return index === -1 ? TELLING.length : index
}
