import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import { runtime } from './runtime'

interface Metrics {
  readonly registry: Registry
  readonly requests: Counter<'route' | 'status'>
  readonly writes: Counter<'action' | 'result'>
}

const KEY = Symbol.for('zoolens.metrics')

/** On globalThis for the same reason as the runtime. */
function metrics(): Metrics {
  const holder = globalThis as { [KEY]?: Metrics }
  holder[KEY] ??= createMetrics()
  return holder[KEY]
}

function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const [name, help, read] of GAUGES) {
    new Gauge({
      name,
      help,
      labelNames: ['cluster'],
      registers: [registry],
      collect() {
        for (const [cluster, ensemble] of runtime().ensembles) this.set({ cluster }, ensemble.load()[read])
      },
    })
  }
  new Gauge({
    name: 'zoolens_streams',
    help: 'Browsers with an event stream',
    registers: [registry],
    collect() {
      this.set(runtime().streams.size)
    },
  })
  return {
    registry,
    requests: new Counter({
      name: 'zoolens_requests_total',
      help: 'Reads by route and status',
      labelNames: ['route', 'status'],
      registers: [registry],
    }),
    writes: new Counter({
      name: 'zoolens_writes_total',
      help: 'Writes by action and result',
      labelNames: ['action', 'result'],
      registers: [registry],
    }),
  }
}

const GAUGES = [
  ['zoolens_zookeeper_sessions', 'Sessions held with the ensemble', 'sessions'],
  ['zoolens_zookeeper_watches', 'Watches held on the ensemble', 'watches'],
  ['zoolens_zookeeper_requests_in_flight', 'Requests sent or waiting', 'inFlight'],
] as const

export function countRequest(route: string, status: number): void {
  metrics().requests.inc({ route, status })
}

export function countWrite(action: string, result: string): void {
  metrics().writes.inc({ action, result })
}

/** In Prometheus's text format. */
export function renderMetrics(): Promise<string> {
  return metrics().registry.metrics()
}

export const METRICS_CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE
