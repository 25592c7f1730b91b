import { Agent } from 'node:http'
import { until } from '../sandbox/until'
import { EventReader } from './event-reader'
import { createAll } from './fill'
import type { Lab } from './lab'
import { startScript } from './program'
import { type Figure, judged, type Row } from './row'
import { serverMemory, serverMetrics } from './server-metrics'
import { megabytes } from './statistics'
import { childPath, folderPath } from './written-paths'

const BROWSERS = 50
const ROOT = '/crowd'
const FOLDERS = 10
const CHILDREN = 100
const PER_SECOND = 200
const SECONDS = 20
const HEAP_MB = 300
const LAG_MS = 50

export const browsers50: Row = {
  id: 'browsers-50',
  async run(lab: Lab): Promise<Figure[]> {
    const { other, zoolens, ensemble, peak } = await lab.site(3)
    const folders = Array.from({ length: FOLDERS }, (_, folder) => folderPath(ROOT, folder))
    await createAll(other, [ROOT, ...folders], null)
    await createAll(
      other,
      folders.flatMap((_, folder) => Array.from({ length: CHILDREN }, (_, child) => childPath(ROOT, folder, child))),
      Buffer.from('1'),
    )
    const writer = startScript('writer.ts', [ensemble.connect, ROOT, ...[FOLDERS, CHILDREN, PER_SECOND, 1].map(String)])
    const agent = new Agent({ keepAlive: true })
    const readers = Array.from({ length: BROWSERS }, (_, i) => {
      const folder = i % FOLDERS
      return new EventReader(zoolens.url, agent, folderPath(ROOT, folder), childPath(ROOT, folder, i))
    })
    try {
      await Promise.all(readers.map((reader) => reader.open()))
      // The histogram of delays starts anew with every answer.
      await serverMetrics(zoolens)
      const [writes = 0, ms = 0] = (await peak.during(() => writer.ask(String(SECONDS)))).split(' ').map(Number)
      const lag = ((await serverMetrics(zoolens)).get('nodejs_eventloop_lag_p99_seconds') ?? Number.NaN) * 1_000
      const wrong = await settle(readers, async (path) => (await other.getData(path)).data)
      const { heap, rss } = await serverMemory(zoolens)
      const deaf = readers.filter(({ changes }) => changes === 0).length
      const failures = readers.reduce((sum, reader) => sum + reader.failures, 0)
      const what = `${BROWSERS} browsers, ${Math.round((writes * 1_000) / ms)} writes a second`
      return [
        judged(
          `${what}: Zoolens' heap`,
          `< ${HEAP_MB} MB`,
          `${megabytes(heap)} MB, resident ${megabytes(rss)} MB`,
          heap < HEAP_MB * 1e6,
        ),
        judged(`${what}: p99 of the event loop`, `< ${LAG_MS} ms`, `${lag.toFixed(0)} ms`, lag < LAG_MS),
        judged(
          `${what}: all of them follow`,
          'every one ends with what another client reads',
          `${wrong} wrong, ${deaf} heard nothing, ${failures} failed reads`,
          wrong + deaf + failures === 0,
        ),
      ]
    } finally {
      for (const reader of readers) reader.close()
      agent.destroy()
      await writer.stop()
    }
  },
}

/** Waits until every reader has the final data of its znode. Resolves with how many do not within 10 s. */
async function settle(
  readers: readonly EventReader[],
  read: (path: string) => Promise<Buffer | null>,
): Promise<number> {
  const final = new Map<EventReader, string | undefined>()
  for (const reader of readers) final.set(reader, (await read(reader.node))?.toString('base64'))
  const wrong = (): number => readers.filter((reader) => reader.data !== final.get(reader)).length
  await until('every browser has the last state', async () => wrong() === 0, { timeoutMs: 10_000 }).catch(
    () => undefined,
  )
  return wrong()
}
