import { setTimeout as delay } from 'node:timers/promises'
import { until } from '../sandbox/until'
import { Differences } from './differences'
import type { OtherClient } from './other-client'
import type { Report } from './report'
import type { SimulatedBrowser } from './simulated-browser'
import type { HostState } from './zoolens-host'
import type { ZoolensProcess } from './zoolens-process'

/** The servers are well and nothing changes any more: after this long everything must be equal. */
const EQUAL_WITHIN_MS = 90_000
const AGAIN_MS = 100
/** The longest back-off between two attempts to connect is a minute, and the machine may be busy. */
const CONNECTED_WITHIN_MS = 180_000
const MAX_PRINTED = 20
const BUDGET = { sessions: 2, watches: 200, inFlight: 64 }

/** What is compared, and where it is booked. */
export interface Audience {
  readonly zoolens: ZoolensProcess
  readonly other: OtherClient
  readonly browsers: readonly SimulatedBrowser[]
  readonly report: Report
  readonly log: (line: string) => void
}

/** Compares at moments at which nothing happens. */
export class QuietMoments {
  readonly #started = Date.now()
  #connections = 0
  #told: number[] = []

  constructor(private readonly audience: Audience) {}

  /** Everything heard by events alone; then, because no event tells of another ACL, once more after the audit. */
  async compare(): Promise<void> {
    const { zoolens, report } = this.audience
    const quietAt = Date.now()
    await until('Zoolens is connected and has compared what it shows', () => isCurrent(zoolens), {
      timeoutMs: CONNECTED_WITHIN_MS,
    }).catch(async (error: Error) => {
      const state = JSON.stringify(await zoolens.state())
      throw new Error(`${error.message}: ${state}; it printed:\n${zoolens.output().slice(-4_000)}`)
    })
    report.connectedAfter.push(Date.now() - quietAt)
    const equalAfter = await this.#compare('by events', true, async () => undefined)
    report.convergence.push(equalAfter)
    await this.#compare('after the audit', false, () => zoolens.audit())
    this.#book(await zoolens.state())
  }

  async #compare(when: string, skipAversion: boolean, prepare: () => Promise<void>): Promise<number> {
    const { report, log } = this.audience
    const startedAt = Date.now()
    for (;;) {
      await prepare()
      const differences = await this.#differences(skipAversion)
      const tookMs = Date.now() - startedAt
      if (differences.found.length === 0 || tookMs > EQUAL_WITHIN_MS) {
        report.comparisons++
        report.znodesCompared += differences.compared
        for (const found of differences.found.slice(0, MAX_PRINTED)) log(`DIFFERENCE ${when}: ${found}`)
        report.differences.push(...differences.found)
        return tookMs
      }
      await delay(AGAIN_MS)
    }
  }

  async #differences(skipAversion: boolean): Promise<Differences> {
    const { zoolens, other, browsers } = this.audience
    const differences = new Differences(await other.dump(), skipAversion)
    const open = new Set(browsers.flatMap(({ tree }) => [...tree.rows.directories()].map(({ path }) => path)))
    for (const path of new Set([...open, '/oracle/long', '/oracle/reborn'])) {
      differences.mirror(path, await zoolens.mirror(path))
    }
    browsers.forEach((browser, id) => void differences.browser(id, browser))
    return differences
  }

  #book(state: HostState): void {
    const { browsers, report, log } = this.audience
    const { connections, sessions, peakInFlight, heap } = state
    report.heap.push({ at: (Date.now() - this.#started) / 60_000, bytes: heap })
    report.peak.inFlight = Math.max(report.peak.inFlight, peakInFlight)
    const told = browsers.map(({ gaps, resets }) => gaps + resets)
    const reconnected = connections > this.#connections && this.#connections > 0
    const untold = told.flatMap((count, id) => (reconnected && count === (this.#told[id] ?? 0) ? [id] : []))
    const broken = untold.map((id) => `browser ${id} was not told of a gap, after ${connections} connections`)
    for (const key of ['sessions', 'watches', 'inFlight'] as const) {
      if (report.peak[key] > BUDGET[key]) broken.push(`${report.peak[key]} ${key}, the budget is ${BUDGET[key]}`)
    }
    const contradictions = browsers.flatMap(({ ledger }, id) =>
      ledger.contradictions.splice(0).map((contradiction) => `browser ${id}, ${contradiction}`),
    )
    for (const line of contradictions.slice(0, MAX_PRINTED)) log(`CONTRADICTION ${line}`)
    for (const line of broken) log(`BROKEN ${line}`)
    report.contradictions.push(...contradictions)
    report.broken.push(...broken)
    report.reconnects = Math.max(0, connections - 1)
    report.sessions = Math.max(0, sessions - 1)
    report.gaps = browsers.reduce((sum, { gaps }) => sum + gaps, 0)
    report.resets = browsers.reduce((sum, { resets }) => sum + resets, 0)
    this.#connections = connections
    this.#told = told
  }
}

async function isCurrent(zoolens: ZoolensProcess): Promise<boolean> {
  const { status, syncing } = await zoolens.state()
  return status === 'connected' && !syncing
}
