import { until } from '../sandbox/until'
import type { ZoolensServer } from '../zoolens-server'

const COLLECTED = /^garbage collected$/gm

/** GET /api/metrics by name, labels included: `zoolens_zookeeper_watches{cluster="bench"}`. */
export async function serverMetrics(zoolens: ZoolensServer): Promise<ReadonlyMap<string, number>> {
  const text = await (await fetch(`${zoolens.url}/api/metrics`)).text()
  return new Map(
    [...text.matchAll(/^([a-z_0-9]+(?:\{[^}]*\})?) (\S+)$/gm)].map(([, name = '', value]) => [name, Number(value)]),
  )
}

export interface ServerMemory {
  /** JavaScript heap in use after a garbage collection, bytes. */
  readonly heap: number
  /** Resident set, bytes. */
  readonly rss: number
}

/** Collects the garbage of a Zoolens that was started with collect-garbage.mjs, then asks it what is left. */
export async function serverMemory(zoolens: ZoolensServer): Promise<ServerMemory> {
  const collections = (): number => zoolens.output().match(COLLECTED)?.length ?? 0
  const before = collections()
  process.kill(zoolens.pid, 'SIGUSR2')
  await until('the garbage is collected', async () => collections() > before, { everyMs: 10 })
  const metrics = await serverMetrics(zoolens)
  return {
    heap: metrics.get('nodejs_heap_size_used_bytes') ?? Number.NaN,
    rss: metrics.get('process_resident_memory_bytes') ?? Number.NaN,
  }
}
