import { once } from 'node:events'
import { type AddressInfo, createServer, type Server as NetServer, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { diagnose } from './diagnosis'
import { askFourLetterWord } from './four-letter-word'

let server: NetServer | null = null
const sockets: Socket[] = []

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  if (server === null) return
  server.close()
  await once(server, 'close')
  server = null
})

async function serverThatSays(answer: string | null) {
  server = createServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => {
      if (answer !== null) socket.end(answer)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { host: '127.0.0.1', port: (server.address() as AddressInfo).port }
}

const SRVR = 'Zookeeper version: 3.9.6\nReceived: 1\nZxid: 0x500000002\nMode: follower\nNode count: 5\n'

describe('askFourLetterWord', () => {
  it('resolves with the whole answer', async () => {
    expect(await askFourLetterWord(await serverThatSays(SRVR), 'srvr', { timeoutMs: 1000 })).toBe(SRVR)
  })

  it('rejects when nothing comes, or nobody listens', async () => {
    const silent = await serverThatSays(null)
    await expect(askFourLetterWord(silent, 'srvr', { timeoutMs: 50 })).rejects.toThrow('no answer')
    await expect(askFourLetterWord({ host: '127.0.0.1', port: 1 }, 'srvr', { timeoutMs: 1000 })).rejects.toThrow(
      'ECONNREFUSED',
    )
  })
})

describe('diagnose', () => {
  it.each([
    ['This ZooKeeper instance is not currently serving requests\n', 0n, 'NoQuorum'],
    [SRVR, 0x500000003n, 'DataInconsistency'],
    [SRVR, 0x500000002n, 'TurnedAway'],
    [SRVR.replace('follower', 'read-only'), 0x500000002n, 'NoQuorum'],
    [SRVR.replace('follower', 'read-only'), 0x500000003n, 'NoQuorum'],
    ['srvr is not executed because it is not in the whitelist.\n', 5n, undefined],
    ['', 5n, 'TurnedAway'],
    [null, 5n, undefined],
  ])(
    '%j',
    async (answer, lastZxid, code) => {
      const address = await serverThatSays(answer)
      const fault = await diagnose(address, { lastZxid })
      expect(fault?.code).toBe(code)
      if (fault !== null) expect(fault.server).toBe(`127.0.0.1:${address.port}`)
    },
    15_000,
  )
})
