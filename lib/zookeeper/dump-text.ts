import type { Slices } from './request'
import { sessionFromHex } from './session-id-text'
import { mayBeGarbled, SLICE, wholeLines } from './text-lines'
import type { Expiries, Told, ToldDump } from './told'

/**
 * Reads the answer to dump: who owns which ephemeral, and from a leader when sessions end, from a follower since 3.5
 * their time-outs. Before 3.5 the answer has no end of its own: a path that is missing at its very end is not noticed.
 * Source: DumpCommand, SessionTrackerImpl.dumpSessions, LearnerSessionTracker.dumpSessions, DataTree.dumpEphemerals.
 */
export function* readDump(text: string): Slices<Told<ToldDump>> {
  const reader = new DumpReader()
  let lines = 0
  for (const line of wholeLines(text)) {
    if (++lines % SLICE === 0) yield
    if (line !== '') reader.line(line)
    if (reader.isOver) break
  }
  return reader.result(text.endsWith('\n'))
}

class DumpReader {
  readonly #ephemerals = new Map<bigint, string[]>()
  readonly #expiries = new Map<bigint, number>()
  readonly #timeouts = new Map<bigint, number>()
  #understood = true
  #part: 'start' | 'expiries' | 'timeouts' | 'ephemerals' | 'connections' = 'start'
  /** How many sessions the headlines promise; null where there is no such part. */
  #promised: { expiries: number | 'some' | null; timeouts: number | null; ephemerals: number | null } = {
    expiries: null,
    timeouts: null,
    ephemerals: null,
  }
  /** From 3.5 on, where the connections come last. */
  #hasConnections = false
  #expiry = 0
  #zone: string | null = null
  #paths: string[] | null = null

  get isOver(): boolean {
    return this.#part === 'connections'
  }

  line(line: string): void {
    if (!this.#headline(line) && !this.#entry(line)) this.#understood = false
  }

  result(ends: boolean): Told<ToldDump> {
    const { expiries, timeouts, ephemerals } = this.#promised
    const whole =
      ephemerals === this.#ephemerals.size &&
      (typeof expiries !== 'number' || expiries === this.#expiries.size) &&
      (timeouts === null || timeouts === this.#timeouts.size)
    const hasEnd = this.#hasConnections ? this.#part === 'connections' : ends
    const told: Expiries = { at: this.#expiries, roundedDownBy: 1000, responseClock: false }
    return {
      value: {
        ephemerals: this.#ephemerals,
        expiries: expiries === null || this.#zone === 'several' ? null : told,
        timeouts: timeouts === null ? null : this.#timeouts,
      },
      complete: this.#understood && whole && hasEnd,
    }
  }

  #headline(line: string): boolean {
    // "Session Sets (2):" before 3.5, where the number is that of the sets; then "Session Sets (sets)/(sessions):".
    const sets = /^(?:Local |Global )?Session Sets \(\d+\)(?:\/\((\d+)\))?:$/.exec(line)
    const sessions = /^Global Sessions\((\d+)\):$/.exec(line)?.[1]
    const owners = /^Sessions with Ephemerals \((\d+)\):$/.exec(line)?.[1]
    if (sets !== null) {
      this.#part = 'expiries'
      const { expiries: before } = this.#promised
      this.#hasConnections = sets[1] !== undefined
      this.#promised.expiries = sets[1] === undefined ? 'some' : Number(sets[1]) + (Number(before) || 0)
    } else if (sessions !== undefined) {
      this.#part = 'timeouts'
      this.#hasConnections = true
      this.#promised.timeouts = Number(sessions)
    } else if (owners !== undefined) {
      this.#part = 'ephemerals'
      this.#promised.ephemerals = Number(owners)
    } else if (line === 'Connections dump:') this.#part = 'connections'
    else return line === 'SessionTracker dump:' || line === 'ephemeral nodes dump:' || LEARNER.test(line)
    return true
  }

  #entry(line: string): boolean {
    const [, hex, rest = ''] = /^\t?0x([0-9a-f]+)(.*)$/.exec(line) ?? []
    const session = hex === undefined ? null : sessionFromHex(hex)
    switch (this.#part) {
      case 'expiries':
        if (session === null || rest !== '') return this.#readExpiry(line)
        this.#expiries.set(session, this.#expiry)
        return true
      case 'timeouts': {
        const timeout = /^\t(\d{1,10})ms$/.exec(rest)?.[1]
        if (session === null || timeout === undefined) return false
        this.#timeouts.set(session, Number(timeout))
        return true
      }
      case 'ephemerals':
        if (line.startsWith('\t/') && this.#paths !== null) {
          this.#paths.push(line.slice(1))
          return !mayBeGarbled(line)
        }
        if (session === null || rest !== ':') return false
        this.#paths = []
        this.#ephemerals.set(session, this.#paths)
        return true
      default:
        return false
    }
  }

  /** "1 expire at Sun Nov 22 06:41:36 UTC 2026:"; java.util.Date.toString, which is English everywhere. */
  #readExpiry(line: string): boolean {
    const [, month, day, time, zone, year] = EXPIRY.exec(line) ?? []
    const at = Date.parse(`${day} ${month} ${year} ${time} UTC`)
    if (zone === undefined || Number.isNaN(at)) return false
    // Between summer and winter time differences of clock times mean nothing.
    this.#zone = this.#zone === null || this.#zone === zone ? zone : 'several'
    this.#expiry = at
    return true
  }
}

const EXPIRY = /^\d+ expire at [A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}:\d{2}:\d{2}) (\S+) (\d{4}):$/

/** What a follower of 3.4 writes in the place of sessions: the name of a Java object. */
const LEARNER = /^org\.apache\.zookeeper\.server\.quorum\.LearnerSessionTracker@[0-9a-f]+$/
