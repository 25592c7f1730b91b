import type { Liveness } from '@/lib/live/protocol'
import { type Fault, judged, type Line, ms, notMeasured } from './fault'
import { churnLine, comparison, guestLine, noExpiry, reconnectedAt, sentinelsRightAt } from './recovery'
import { changeSentinels, prepareSentinels, SENTINEL_DIRECTORIES, SENTINEL_NODES } from './sentinels'
import { Site, type SiteOptions } from './site'

/** More rows are shown than may be watched: the others are read in turns of ten seconds, which the page says. */
const TURNS_MS = 12_000

/** The server is killed in the middle; before and after, everything shown must follow the changes of others. */
async function follow(name: string, options: SiteOptions, wanted: Liveness): Promise<Line[]> {
  const site = await Site.start({
    directories: SENTINEL_DIRECTORIES,
    nodes: SENTINEL_NODES,
    prepare: prepareSentinels,
    ...options,
  })
  const lines: Line[] = []
  try {
    const since = Date.now()
    const changed = await changeSentinels(site.other)
    const right = (await sentinelsRightAt(site)) - changed
    const before = await comparison(site)
    await site.goChurn()
    const killedAt = Date.now()
    const { server } = site.ours()
    await server.kill()
    await reconnectedAt(site.inspector, killedAt)
    server.launch()
    await server.serving()
    const after = await comparison(site, 30_000)
    const view = site.inspector.connection
    lines.push(
      judged(
        'falls back by itself',
        `${view?.liveness} (${view?.limitation ?? 'no limitation'}), server ${view?.version}`,
        view?.liveness === wanted,
      ),
      judged(`changes are shown <= ${ms(TURNS_MS)}`, ms(right), right <= TURNS_MS),
      before,
      { ...after, demanded: 'after a kill -9: view equals the tree' },
      noExpiry(site.inspector, since),
      guestLine(site.inspector, since),
    )
  } finally {
    await site.stop()
  }
  return [...lines, churnLine(site)].map((line) => ({
    ...line,
    demanded: line.demanded && `${name}: ${line.demanded}`,
  }))
}

export const F19: Fault = {
  id: 'F19',
  what: 'servers without recursive watches: 3.5, WatchManagerOptimized, ClickHouse Keeper',
  run: async () => [
    ...(await follow('3.5.10', { version: '3.5.10' }, 'polled in part')),
    ...(await follow(
      'WatchManagerOptimized',
      { jvmFlags: ['-Dzookeeper.watchManagerName=org.apache.zookeeper.server.watch.WatchManagerOptimized'] },
      'polled in part',
    )),
    notMeasured(
      'ClickHouse Keeper',
      'no package registry has its program; its one known fault, events that name the watch, is told apart in a test with a fake server',
    ),
  ],
}
