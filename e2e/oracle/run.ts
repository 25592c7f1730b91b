import { setTimeout as delay } from 'node:timers/promises'
import { startEnsemble } from '../sandbox/ensemble'
import { startProxy } from '../sandbox/proxy'
import { Random } from '../sandbox/workload/random'
import { Deck } from './deck'
import { BETWEEN, FAULTS, type Fault, heal, SESSION_MS, type Site } from './faults'
import { LocalFetch } from './local-fetch'
import { OtherClient } from './other-client'
import { QuietMoments } from './quiet-moment'
import { Report } from './report'
import { SimulatedBrowser } from './simulated-browser'
import { startZoolensProcess } from './zoolens-process'

export interface OracleOptions {
  readonly minutes: number
  /** Makes the sequence of changes, faults and clicks; not their timing, which is the machine's. */
  readonly seed: number
  readonly servers?: 3 | 5
  readonly browsers?: number
  /** Changes a second. */
  readonly rate?: number
  /** Called with a line about what happens now. */
  readonly log?: (line: string) => void
  /** Called after each comparison. */
  readonly progress?: (report: Report) => void
}

/** Browsers click now and then: together a dozen times a second. */
const CLICK_EVERY_MS = 80

/**
 * Lets another client change znodes while servers and the network fail, and compares what Zoolens holds and what its
 * browsers show with what that client reads, whenever all is quiet again.
 */
export async function runOracle(options: OracleOptions): Promise<Report> {
  const { minutes, seed, servers = 3, browsers: count = 4, rate = 300 } = options
  const { log = () => undefined, progress = () => undefined } = options
  const random = new Random(seed)
  const report = new Report(seed)
  const ending: (() => unknown)[] = []
  const until = Date.now() + minutes * 60_000
  try {
    const ensemble = await startEnsemble({ servers, adminServer: false })
    ending.push(() => ensemble.stop())
    const other = await OtherClient.start(ensemble.connect, seed)
    ending.push(() => other.stop())
    const proxies = await Promise.all(ensemble.servers.map((server) => startProxy(server.clientPort)))
    ending.push(() => Promise.all(proxies.map((proxy) => proxy.close())))
    const zoolens = await startZoolensProcess(proxies.map((proxy) => proxy.connect).join(','), SESSION_MS)
    ending.push(() => zoolens.stop())
    const web = new LocalFetch(zoolens.url)
    ending.push(() => web.remove())

    let calm = false
    const hears = {
      load: (load: { readonly sessions: number; readonly watches: number }) => report.noteLoad(load),
      lag: (milliseconds: number) => void (calm && report.lags.push(milliseconds)),
    }
    const browsers = Array.from({ length: count }, () => new SimulatedBrowser(zoolens.url, web, hears))
    ending.push(() => browsers.forEach((browser) => void browser.close()))
    const moments = new QuietMoments({ zoolens, other, browsers, report, log })
    const site: Site = { ensemble, proxies, zoolens, random }
    const faults = new Deck<Fault>(FAULTS, random)

    let clicks: NodeJS.Timeout | undefined
    ending.push(() => clearInterval(clicks))

    while (Date.now() < until) {
      clicks = setInterval(() => browsers[random.between(0, count - 1)]?.act(random), CLICK_EVERY_MS)
      await other.go(rate)
      calm = true
      await delay(random.between(1_000, 4_000))
      calm = false
      await fail(site, faults, report, log)
      await heal(site)
      clearInterval(clicks)
      report.written = await other.pause()
      await moments.compare()
      progress(report)
    }
    return report
  } finally {
    for (const end of ending.reverse()) await end()
  }
}

/** One to three faults, one after the other; now and then the network has one of its own at the same time. */
async function fail(site: Site, faults: Deck<Fault>, report: Report, log: (line: string) => void): Promise<void> {
  const { random } = site
  for (let left = random.between(1, 3); left > 0; left--) {
    const together = [faults.draw()]
    if (random.next() < 0.4) together.push(BETWEEN[random.between(0, BETWEEN.length - 1)] as Fault)
    log(together.map(({ name }) => name).join(', and meanwhile: '))
    for (const { name } of together) report.countFault(name)
    await Promise.all(together.map((fault) => fault.run(site)))
    await delay(random.between(0, 1_500))
  }
}
