import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GET as children } from '@/app/api/clusters/[cluster]/children/route'
import { GET as connection } from '@/app/api/clusters/[cluster]/connection/route'
import { GET as node } from '@/app/api/clusters/[cluster]/node/route'
import { GET as releasePath } from '@/app/api/clusters/[cluster]/release/route'
import { GET as stats } from '@/app/api/clusters/[cluster]/stats/route'
import { GET as events } from '@/app/api/events/route'
import { GET as releaseTab } from '@/app/api/release/route'
import { ensembleOf } from '@/lib/server/runtime'
import { joinPath } from '@/lib/znode/path'
import { type StatJson, statToJson } from '@/lib/znode/stat'

/**
 * The routes of Zoolens, without Next around them, in a process of their own: it can be stopped like a machine that
 * hangs, and its memory is nobody else's. Started with the settings of the standalone server and --expose-gc.
 * What lies below /oracle/ looks into the mirror itself.
 */
const CLUSTER_ROUTES = { children, connection, node, release: releasePath, stats }
const SAMPLE_MS = 25

/** GET /oracle/mirror?path=: what is held of a directory, without asking the ensemble for anything. */
export interface MirrorView {
  readonly names: readonly string[]
  readonly pzxid: string
  /** Of the children whose stat is held and taken for current. */
  readonly stats: Readonly<Record<string, StatJson>>
}

/** GET /oracle/state */
export interface HostState {
  readonly status: string
  readonly syncing: boolean
  /** "host:port" that it is connected to, or tries. */
  readonly server: string | null
  readonly sessionId: string
  /** Times that the live session was connected. */
  readonly connections: number
  /** Times that another live session took the place of one. */
  readonly sessions: number
  readonly load: { readonly sessions: number; readonly watches: number }
  /** Highest number of requests of the live session that waited for their answers. */
  readonly peakInFlight: number
  /** Bytes, after a collection of garbage. */
  readonly heap: number
}

const ensemble = ensembleOf('default')
let connections = 0
let peakInFlight = 0
const sessions = new Set<string>()
let before = ''

ensemble.onConnection(({ status, sessionId }) => {
  if (status === 'connected' && before !== 'connected') connections++
  if (status === 'connected') sessions.add(sessionId)
  before = status
})
setInterval(() => {
  peakInFlight = Math.max(peakInFlight, ensemble.sessions.live().info.load.inFlight)
}, SAMPLE_MS)

async function mirrorView(path: string): Promise<MirrorView> {
  const { names, pzxid } = await ensemble.mirror.directory(path)
  const held: Record<string, StatJson> = Object.create(null)
  for (const name of names) {
    const stat = ensemble.mirror.knownStat(joinPath(path, name))
    if (stat) held[name] = statToJson(stat)
  }
  return { names, pzxid: `0x${pzxid.toString(16)}`, stats: held }
}

function state(): HostState {
  const { status, syncing, server, sessionId, load } = ensemble.connection()
  global.gc?.()
  const heap = process.memoryUsage().heapUsed
  return { status, syncing, server, sessionId, connections, sessions: sessions.size, load, peakInFlight, heap }
}

async function answer(request: Request, url: URL): Promise<Response> {
  const [, first, second, cluster = '', resource = ''] = url.pathname.split('/')
  const params = (): { params: Promise<Record<string, string>> } => ({ params: Promise.resolve({ cluster }) })
  if (first === 'oracle') {
    if (second === 'state') return Response.json(state())
    if (second === 'audit') return Response.json({ stale: await ensemble.mirror.audit() })
    return Response.json(await mirrorView(url.searchParams.get('path') ?? '/'))
  }
  if (second === 'events') return events(request, params())
  if (second === 'release') return releaseTab(request, params())
  const route = CLUSTER_ROUTES[resource as keyof typeof CLUSTER_ROUTES]
  return route ? route(request, params()) : new Response(null, { status: 404 })
}

async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController()
  outgoing.on('close', () => gone.abort())
  const url = new URL(incoming.url ?? '/', `http://${incoming.headers.host}`)
  const headers = new Headers({ host: incoming.headers.host ?? '' })
  const last = incoming.headers['last-event-id']
  if (typeof last === 'string') headers.set('last-event-id', last)
  try {
    const response = await answer(new Request(url, { headers, signal: gone.signal }), url)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    if (response.body === null) outgoing.end()
    else await pipeline(Readable.fromWeb(response.body as import('node:stream/web').ReadableStream), outgoing)
  } catch (error) {
    if (outgoing.headersSent) outgoing.destroy()
    else outgoing.writeHead(500).end(String(error))
  }
}

createServer((incoming, outgoing) => void serve(incoming, outgoing)).listen(Number(process.env.PORT), '127.0.0.1', () =>
  console.log('listening'),
)
