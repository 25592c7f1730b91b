// `npm run demo`: a real three-server ensemble with work going on in it, and Zoolens to look at it.
import { ensureBuild } from './build'
import { type SandboxEnsemble, startEnsemble } from './sandbox/ensemble'
import { startWorkload, type Workload } from './sandbox/workload/workload'
import { startZoolens, type ZoolensServer } from './zoolens-server'

const FIRST_PORT = 3_000

/** In order of their starts. */
interface Running {
  ensemble?: SandboxEnsemble
  workload?: Workload
  zoolens?: ZoolensServer
}

const running: Running = {}
/** Date.now() of the first signal to end, 0 before. */
let stoppingSince = 0

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function main(): Promise<void> {
  process.on('SIGINT', () => void end(0))
  process.on('SIGTERM', () => void end(0))
  process.on('SIGHUP', () => void end(0))

  say('Starting three ZooKeeper servers (the first time, ZooKeeper is downloaded)')
  // Ticks of 2 s, ZooKeeper's usual setting: sessions of 4 to 40 s.
  running.ensemble = await startEnsemble({ servers: 3, tickTimeMs: 2_000 })
  const { connect, version } = running.ensemble
  say(`ZooKeeper ${version} serves at ${connect}`)

  say('Making the content: config, services, locks, semaphores, elections, a queue, jobs, a deadlock, 20,000 products')
  running.workload = await startWorkload({ connect })

  await ensureBuild(say)
  say('Starting Zoolens')
  running.zoolens = await startZoolens({
    port: preferredPort(),
    clusters: [
      { id: 'demo', name: 'Demo ensemble', color: '#2f6f4e', connect, readOnly: false, production: false },
      { id: 'demo-read-only', name: 'Demo, read-only', color: '#b45309', connect, readOnly: true, production: true },
    ],
  })
  say('')
  say(`Zoolens is ready: ${running.zoolens.url}`)
  say('')
  say(`Change something with another client: zkCli.sh -server ${connect.split(',')[0]}`)
  say('Ctrl-C stops everything and removes what it made.')
}

function preferredPort(): number {
  const port = Number(process.env.PORT ?? FIRST_PORT)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new Error(`PORT is no port number: ${process.env.PORT}`)
  return port
}

/** Ends everything in the opposite order of the starts, so that nobody loses what it stands on; asked twice: at once. */
async function end(code: number): Promise<void> {
  if (stoppingSince > 0) {
    // One Ctrl-C comes twice where npm or tsx pass on what the terminal sent to all.
    if (Date.now() - stoppingSince > 1_000) process.exit(130)
    return
  }
  stoppingSince = Date.now()
  say('Stopping')
  await running.zoolens?.stop()
  await running.workload?.stop()
  await running.ensemble?.stop()
  process.exit(code)
}

main().catch(async (error: unknown) => {
  // What a signal interrupts fails; that is no news.
  if (stoppingSince > 0) return
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  await end(1)
})
