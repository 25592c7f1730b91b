import { answerPing, type FakeServer, startFakeServer, writeStat } from '@/lib/zookeeper/testing/fake-server'

const OPCODE = { getChildren2: 12, getData: 4, exists: 3 } as const

export interface ExpiringServer {
  readonly connect: string
  /** Ends the session, and makes no other. */
  expire(): void
  close(): Promise<void>
}

/**
 * Holds a page in the moment between a session that has expired and the next: a real ensemble makes a new one within
 * milliseconds. It has a root without children.
 */
export async function startExpiringServer(): Promise<ExpiringServer> {
  let sessions = 0
  const server: FakeServer = await startFakeServer({
    onHello: (peer) => {
      if (peer.wantedSession !== 0n) peer.accept({ timeoutMs: 0 })
      else if (sessions++ === 0) peer.accept()
    },
    onRequest: (peer, request) => {
      if (answerPing(peer, request)) return
      peer.reply(request.xid, {
        body: (writer) => {
          if (request.opcode === OPCODE.getChildren2) writeStat(writer.int(0))
          else if (request.opcode === OPCODE.getData) writeStat(writer.buffer(Buffer.alloc(0)))
          else if (request.opcode === OPCODE.exists) writeStat(writer)
        },
      })
    },
  })
  return {
    connect: server.connect,
    expire: () => {
      for (const { socket } of server.peers) socket.destroy()
    },
    close: () => server.close(),
  }
}
