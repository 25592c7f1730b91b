import { BadSetting } from './bad-setting'
import { log } from './log'
import { runtime } from './runtime'

/** Longest wait for ZooKeeper to acknowledge the end of our sessions; after that their time-out ends them. */
const CLOSE_MS = 3000

/** Runs once per process, before the first request: checks every setting, and ends sessions when the process ends. */
export function boot(): void {
  try {
    const { settings } = runtime()
    log.info({ clusters: settings.clusters.map((cluster) => cluster.id), readOnly: settings.readOnly }, 'started')
  } catch (error) {
    if (!(error instanceof BadSetting)) throw error
    process.stderr.write(`Zoolens cannot start. ${error.message}\n`)
    process.exit(1)
  }
  // Next's own handler waits for ever while an event stream is open; ours is used when NEXT_MANUAL_SIG_HANDLE is set.
  if (process.env.NEXT_MANUAL_SIG_HANDLE)
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, stop)
}

function stop(): void {
  const { ensembles, streams } = runtime()
  runtime().stopping = true
  streams.closeAll()
  const closed = Promise.all([...ensembles.values()].map((ensemble) => ensemble.close()))
  const late = new Promise((resolve) => setTimeout(resolve, CLOSE_MS))
  void Promise.race([closed, late]).finally(() => process.exit(0))
}
