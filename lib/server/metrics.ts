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
  for (const [name, help, read] of COUNTERS) {
    new Counter({
      name,
      help,
      labelNames: ['cluster'],
      registers: [registry],
      collect() {
        // Counted where it happens; here it is only read.
        this.reset()
        for (const [cluster, ensemble] of runtime().ensembles) this.inc({ cluster }, ensemble.load().total[read])
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
  ['zoolens_zookeeper_requests_in_flight', 'Requests sent and not answered yet', 'inFlight'],
  ['zoolens_zookeeper_requests_queued', 'Requests waiting to be sent', 'queued'],
] as const

const COUNTERS = [
  ['zoolens_zookeeper_requests_total', 'Requests to the ensemble', 'requests'],
  ['zoolens_zookeeper_notifications_total', 'Notifications of watches from the ensemble', 'notifications'],
  ['zoolens_zookeeper_received_bytes_total', 'Bytes received from the ensemble', 'bytesIn'],
  ['zoolens_zookeeper_sent_bytes_total', 'Bytes sent to the ensemble', 'bytesOut'],
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
