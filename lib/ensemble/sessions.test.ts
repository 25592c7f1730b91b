import { describe, expect, it } from 'vitest'
import type { GatheredEvidence } from './evidence'
import { sessionsOf } from './sessions'

const [HOLDER, GHOST, OWN, NEW] = [0x100000000000001n, BigInt.asIntN(64, 0xff00000000000002n), 3n, 4n]

const GATHERED: GatheredEvidence = {
  evidence: {
    watches: new Map([
      ['/a', new Set([HOLDER, OWN])],
      ['/b', new Set([HOLDER])],
    ]),
    watchesOfAll: true,
    connections: new Map(
      [HOLDER, OWN].map((id) => [
        id,
        { client: 'c:1', server: 'zk1:2181', establishedAt: 9, timeoutMs: 4000, lastOperation: 'PING' },
      ]),
    ),
    connectionsOfAll: true,
    expiresInMs: new Map([[GHOST, 1500]]),
    own: new Set([OWN]),
  },
  view: { watches: 'by every server', connections: 'by every server', asOf: 1, missing: [] },
  askedAt: 1,
  ephemerals: new Map([
    [HOLDER, Array.from({ length: 150 }, (_, index) => `/e${String(index).padStart(3, '0')}`).reverse()],
    [GHOST, ['/g']],
  ]),
  sessions: new Set([HOLDER, GHOST, OWN]),
  timeouts: new Map([[GHOST, 6000]]),
}

const LOCKS = new Map([
  [GHOST, { holds: ['/lock'], waitsFor: [], znodes: ['/lock/x'] }],
  [NEW, { holds: [], waitsFor: ['/lock'], znodes: ['/lock/y'] }],
])

describe('the list of sessions', () => {
  it('joins connections, ephemerals, watches and locks; those with most at stake first', () => {
    const { sessions, cut, ephemeralsFrom } = sessionsOf(GATHERED, LOCKS)
    expect([cut, ephemeralsFrom]).toEqual([false, 'dump'])
    expect(sessions).toMatchObject([
      {
        session: '0xff00000000000002',
        createdBy: 255,
        connected: false,
        client: null,
        timeoutMs: 6000,
        expiresInMs: 1500,
        holds: ['/lock'],
        watchCount: 0,
      },
      // Not there yet when the servers were asked: whether it is connected nobody said.
      { session: '0x4', connected: null, waitsFor: ['/lock'], ephemeralCount: 1 },
      {
        session: '0x100000000000001',
        createdBy: 1,
        connected: true,
        client: 'c:1',
        server: 'zk1:2181',
        watchCount: 2,
        ephemeralCount: 150,
      },
      { session: '0x3', own: true, watchCount: 1 },
    ])
    expect(sessions[2]?.ephemerals).toHaveLength(100)
    expect(sessions[2]?.ephemerals.slice(0, 2)).toEqual(['/e000', '/e001'])
  })

  it('knows no more than was told', () => {
    const evidence = { ...GATHERED.evidence, connectionsOfAll: false, watchesOfAll: false }
    const { sessions, ephemeralsFrom } = sessionsOf({ ...GATHERED, evidence, ephemerals: null }, LOCKS)
    expect(ephemeralsFrom).toBe('locks')
    expect(sessions.find(({ session }) => session === '0xff00000000000002')).toMatchObject({
      ...{ connected: null, watchCount: null, ephemeralCount: 1, ephemerals: ['/lock/x'] },
    })
  })

  it('is cut at 5,000', () => {
    const ephemerals = new Map(Array.from({ length: 6000 }, (_, index) => [BigInt(index), ['/a']]))
    const { sessions, cut } = sessionsOf({ ...GATHERED, ephemerals }, new Map())
    expect([sessions.length, cut]).toEqual([5000, true])
  })
})
