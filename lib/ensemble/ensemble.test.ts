import { afterEach, expect, it, vi } from 'vitest'
import {
  answerPing,
  type FakeServer,
  type Script,
  startFakeServer,
  writeStat,
} from '@/lib/zookeeper/testing/fake-server'
import { Ensemble } from './ensemble'

const GET_CHILDREN_2 = 12

let server: FakeServer | null = null
let ensemble: Ensemble | null = null

afterEach(async () => {
  await ensemble?.close()
  await server?.close()
})

/** A root without children. */
const script: Script = {
  onRequest: (peer, request) => {
    if (answerPing(peer, request)) return
    peer.reply(request.xid, { body: (w) => writeStat(request.opcode === GET_CHILDREN_2 ? w.int(0) : w) })
  },
}

it('says from the first word about a connection that what is shown is being compared', async () => {
  server = await startFakeServer(script)
  ensemble = new Ensemble({ id: 'fake', connect: { connect: server.connect }, log: () => undefined })
  const told: string[] = []
  const toldLast = () => told.at(-1)
  ensemble.onConnection(({ status, syncing }) => told.push(`${status}${syncing ? ', syncing' : ''}`))
  ensemble.connection()
  await vi.waitFor(() => expect(toldLast()).toBe('connected'), { timeout: 10_000 })
  await ensemble.mirror.directory('/')
  const before = told.length
  for (const { socket } of server.peers) socket.destroy()
  await vi.waitFor(() => expect([told.length > before, toldLast()]).toEqual([true, 'connected']), { timeout: 10_000 })
  const connection = ['connected, syncing', 'connected']
  expect(told.filter((each) => each.startsWith('connected'))).toEqual([...connection, ...connection])
}, 30_000)
