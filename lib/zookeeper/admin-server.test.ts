import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { AdminInformant } from './admin-informant'
import { askAdminServer } from './admin-server'
import type { WhySilent } from './told'

let server: Server | null = null

afterEach(async () => {
  if (server === null) return
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
  server = null
})

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/commands`
}

const says = (text: string, status = 200): Promise<string> =>
  serve((_, response) => void response.writeHead(status).end(text))

const REQUEST = { timeoutMs: 5000, maxBytes: 1_000_000, onTraffic: () => undefined }
const ask = (base: string) => new AdminInformant(base, undefined)

/** Of a server with myid 255 and one with 1: ids as Java writes them. */
const CONNECTIONS = `{
  "connections" : [ {
    "remote_socket_address" : "127.0.0.1:34152",
    "session_id" : -72057594037927935,
    "last_operation" : "NA",
    "established" : 1795329427229,
    "session_timeout" : 8000,
    "last_response_time" : 27134051
  }, { "remote_socket_address" : "127.0.0.1:1", "session_id" : 0 } ],
  "secure_connections" : [ {
    "remote_socket_address" : "[0:0:0:0:0:0:0:1]:34153",
    "session_id" : 72057675599511553,
    "last_operation" : "PING",
    "established" : 1795329427230,
    "session_timeout" : 6000,
    "last_response_time" : 27134052
  } ],
  "command" : "connections",
  "error" : null
}`

describe('an AdminServer', () => {
  it('tells the clients of both ports, ids beyond 2^53 and below 0 exact', async () => {
    const reply = await ask(await says(CONNECTIONS)).connections(REQUEST)
    expect(reply).toEqual({
      complete: true,
      value: [
        {
          session: -72057594037927935n,
          client: '127.0.0.1:34152',
          establishedAt: 1795329427229,
          timeoutMs: 8000,
          lastOperation: null,
          lastResponseAt: 27134051,
        },
        {
          session: 72057675599511553n,
          client: '[::1]:34153',
          establishedAt: 1795329427230,
          timeoutMs: 6000,
          lastOperation: 'PING',
          lastResponseAt: 27134052,
        },
      ],
    })
  })

  it('tells watches, ephemerals, when sessions end, who it is and who leads', async () => {
    const path = '/a "72057675599511553" \\\\ [-1234567890123456789, ü'
    const quoted = JSON.stringify(path)
    const watches = await ask(
      await says(
        `{"path_to_session_ids":{${quoted}:[72057675599511553,-72057594037927935]},"command":"watches_by_path","error":null}`,
      ),
    ).watches(REQUEST)
    expect(watches).toEqual({
      complete: true,
      value: new Map([[path, new Set([72057675599511553n, -72057594037927935n])]]),
    })
    server?.close()
    const dump = await ask(
      await says(
        `{"expiry_time_to_session_ids":{"27140000":[],"27141500":[72057675599511553]},"session_id_to_ephemeral_paths":{"-72057594037927935":[${quoted}]},"command":"dump","error":null}`,
      ),
    ).dump(REQUEST)
    expect(dump).toEqual({
      complete: true,
      value: {
        ephemerals: new Map([[-72057594037927935n, [path]]]),
        expiries: { at: new Map([[72057675599511553n, 27141500]]), roundedDownBy: 0, responseClock: true },
        timeouts: null,
      },
    })
    server?.close()
    const facts = await ask(
      await says('{"server_id":255,"tick_time":2000,"command":"configuration","error":null}'),
    ).facts(REQUEST)
    expect(facts).toEqual({ complete: true, value: { id: '255', tickTimeMs: 2000, otherPort: false } })
    server?.close()
    const quorum = await ask(
      await says('{"server_state":"leader","learners":2,"command":"monitor","error":null}'),
    ).quorum(REQUEST)
    expect(quorum).toEqual({ complete: true, value: { state: 'leader', learners: 2 } })
  })

  it.each<[string, () => Promise<string>, WhySilent]>([
    ['is not found', () => says('<html>not here</html>', 404), 'admin server off'],
    ['is a web page', () => says('<!doctype html><title>hello</title>'), 'admin server off'],
    ['is other JSON', () => says('{"connections":[]}'), 'admin server off'],
    [
      'has ids that are none',
      () => says(CONNECTIONS.replace('-72057594037927935', '99999999999999999999')),
      'admin server off',
    ],
    [
      'has an error',
      () => says('{"command":"connections","error":"Unknown command: connections"}'),
      'admin server off',
    ],
    ['is nested without end', () => says('['.repeat(900_000)), 'admin server off'],
    [
      'serves nobody',
      () => says('{"command":"connections","error":"This ZooKeeper instance is not currently serving requests"}'),
      'not serving',
    ],
    ['wants a log-in', () => says('', 401), 'forbidden'],
    ['is forbidden', () => says('', 403), 'forbidden'],
    [
      'breaks off',
      () =>
        serve(
          (_, response) =>
            void response.writeHead(200, { 'content-length': '1000' }).write('{"a', () => response.destroy()),
        ),
      'unreachable',
    ],
    ['never comes', () => serve(() => undefined), 'unreachable'],
    ['is somewhere where nobody listens', async () => 'http://127.0.0.1:1/commands', 'unreachable'],
  ])('whose answer %s tells nothing', async (_, start, silent) => {
    const timeoutMs = silent === 'unreachable' ? 300 : 5000
    expect(await ask(await start()).connections({ ...REQUEST, timeoutMs })).toEqual({ silent })
  })

  it('is not followed elsewhere', async () => {
    const asked: (string | undefined)[] = []
    const base = await serve((request, response) => {
      asked.push(request.url)
      response.writeHead(302, { location: '/elsewhere' }).end(CONNECTIONS)
    })
    expect(await ask(base).connections(REQUEST)).toEqual({ silent: 'admin server off' })
    expect(asked).toEqual(['/commands/connections'])
  })

  it('that never ends its answer is left when that is too long', async () => {
    let bytes = 0
    let open = true
    const base = await serve((_, response) => {
      response.once('close', () => {
        open = false
      })
      const more = () => {
        while (open && response.write('x'.repeat(65_536))) bytes += 65_536
      }
      response.on('drain', more)
      more()
    })
    expect(await ask(base).connections(REQUEST)).toEqual({ silent: 'too large' })
    await expect.poll(() => open).toBe(false)
    // What the sockets of both sides can hold on top.
    expect(bytes).toBeLessThan(20_000_000)
  })

  it('is not waited for when its answer is not wanted any more', async () => {
    const abort = new AbortController()
    const base = await serve(() => abort.abort())
    await expect(askAdminServer(base, 'dump', { timeoutMs: 60_000, signal: abort.signal })).rejects.toThrow(
      'not wanted',
    )
    await expect(askAdminServer(base, 'dump', { timeoutMs: 60_000, signal: abort.signal })).rejects.toThrow(
      'not wanted',
    )
  })
})
