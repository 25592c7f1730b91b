// The inspector in a process of its own, as the server runs it: an Ensemble with its mirror, and one browser's view of it.
// Argument: the connect string and the session time-out. It answers over the channel to its parent: see messages.ts.
import { subscribe } from 'node:diagnostics_channel'
import { Ensemble } from '@/lib/ensemble/ensemble'
import { readNode } from '@/lib/ensemble/reads'
import { writeData } from '@/lib/ensemble/writes'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import { fingerprint } from './fingerprint'
import type { Answers, FromInspector, Question, ToInspector, Told } from './messages'
import { installNames, setNames } from './names'
import { View } from './view'
import { WriteLog } from './write-log'

const SAMPLE_MS = 250
const LOOK_MS = 20
const TICK_MS = 5
/** STALE_MS of components/live/use-connection.ts: after this much silence the page calls what it shows stale. */
const STALE_MS = 3_000

const [connect = '', sessionTimeoutMs = '30000', digest] = process.argv.slice(2)

// Told first, so that no connection is missed: every socket that this process opens.
subscribe('net.client.socket', () => {
  // Who opened it: a session, or a question to a server, by srvr or on a connection that is thrown away.
  const asks = /four-letter-word|server-status|throw-away-session|diagnosis/.test(new Error().stack ?? '')
  const by = asks ? 'question' : 'session'
  tell({ tell: 'dialled', at: Date.now(), by })
})

installNames()

const ensemble = new Ensemble({
  id: 'faults',
  connect: { connect, sessionTimeoutMs: Number(sessionTimeoutMs), ...(digest ? { digest } : {}) },
  log: (event, fields) => tell({ tell: 'log', at: Date.now(), event, fields: { ...fields } }),
})
let view: View | null = null
let writes: WriteLog | null = null

ensemble.onConnection((connection) => tell({ tell: 'connection', at: Date.now(), view: connection }))
ensemble.onGap((gap) => tell({ tell: 'gap', at: Date.now(), gap }))

let lagMs = 0
let tickedAt = performance.now()
let worked = process.cpuUsage()
const ticking = setInterval(() => {
  const now = performance.now()
  const { user, system } = process.cpuUsage(worked)
  // Of a late tick only what this process itself worked: on a busy machine it may just not have had its turn.
  lagMs = Math.max(lagMs, Math.min(now - tickedAt - TICK_MS, (user + system) / 1_000))
  tickedAt = now
  worked = process.cpuUsage()
}, TICK_MS)
let inFlight = 0
let stale: boolean | null = null
const looking = setInterval(() => {
  if (!view) return
  const connection = ensemble.connection()
  inFlight = Math.max(inFlight, ensemble.sessions.live().info.load.inFlight)
  const now = connection.status !== 'connected' || connection.heardAgoMs < 0 || connection.heardAgoMs > STALE_MS
  if (now !== stale) tell({ tell: 'stale', at: Date.now(), stale: now })
  stale = now
}, LOOK_MS)
const sampling = setInterval(() => {
  const { rss, heapUsed } = process.memoryUsage()
  const { sessions, watches } = ensemble.load()
  tell({ tell: 'sample', at: Date.now(), rss, heap: heapUsed, lagMs, inFlight, sessions, watches })
  lagMs = 0
  inFlight = 0
}, SAMPLE_MS)

process.on('message', (message: ToInspector) => {
  const { id } = message
  answer(message).then(
    (value) => send({ id, answer: value }),
    (error: unknown) => send({ id, failed: codeOf(error) }),
  )
})
process.on('disconnect', () => process.exit(0))

async function answer(question: Question): Promise<Answers[keyof Answers]> {
  switch (question.ask) {
    case 'open':
      view = new View(ensemble, question.directories, question.nodes, ({ nodes }) => {
        const told = nodes.filter(({ count }) => count > 0)
        if (told.length > 0) tell({ tell: 'nodes', at: Date.now(), nodes: told.slice(0, 2_000) })
      })
      await view.open()
      return null
    case 'fingerprint':
      return fingerprint(view?.rows() ?? {}, question.under)
    case 'rows':
      return view?.rows() ?? {}
    case 'read':
      return timed(async () => (await readNode(ensemble, question.path, null)).data?.toString() ?? null)
    case 'set':
      return timed(async () => {
        const { stat } = await readNode(ensemble, question.path, null)
        await writeData(ensemble, question.path, Buffer.from(question.text), stat)
        return question.text
      })
    case 'start-writes':
      writes = new WriteLog(ensemble, question.root, question.perSecond)
      return null
    case 'stop-writes':
      return (await writes?.stop()) ?? []
    case 'name':
      setNames(question.addresses)
      return null
    case 'collect-garbage':
      global.gc?.()
      return null
    case 'close':
      clearInterval(looking)
      clearInterval(sampling)
      clearInterval(ticking)
      await ensemble.close()
      return null
  }
}

async function timed(work: () => Promise<string | null>): Promise<Answers['read']> {
  const startedAt = performance.now()
  const spent = () => Math.round(performance.now() - startedAt)
  try {
    return { text: await work(), failed: null, ms: spent() }
  } catch (error) {
    return { text: null, failed: codeOf(error), ms: spent() }
  }
}

function codeOf(error: unknown): string {
  if (isZooKeeperError(error)) return error.code
  const { appError } = error as { appError?: { code: string } }
  return appError?.code ?? (error instanceof Error ? (error.stack ?? error.message) : String(error))
}

function tell(told: Told): void {
  send(told)
}

function send(message: FromInspector): void {
  if (process.connected) process.send?.(message)
}
