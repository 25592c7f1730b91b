import { describe, expect, it } from 'vitest'
import { readDump as slices } from './dump-text'
import { finish } from './slices'

const readDump = (text: string) => finish(slices(text))

const EPHEMERALS =
  'ephemeral nodes dump:\nSessions with Ephemerals (2):\n0xff00019e07890000:\n\t/crx y\n\t/locks/two\n0x100019e07810000:\n\t/locks/a b:\n'
const CONNECTIONS =
  'Connections dump:\nConnections Sets (1)/(1):\n1 expire at Sun Nov 22 06:37:23 UTC 2026:\n\tip: /127.0.0.1:46578 sessionId: 0x0\n'
const [ONE, NEGATIVE] = [0x100019e07810000n, BigInt.asIntN(64, 0xff00019e07890000n)]
const OWNED = [
  [NEGATIVE, ['/crx y', '/locks/two']],
  [ONE, ['/locks/a b:']],
]

const LEADER = `SessionTracker dump:\nSession Sets (3)/(2):\n0 expire at Sun Nov 22 06:37:13 UTC 2026:\n1 expire at Sun Nov 22 06:37:14 UTC 2026:\n\t0xff00019e07890000\n1 expire at Sun Nov 22 06:38:16 UTC 2026:\n\t0x100019e07810000\n${EPHEMERALS}${CONNECTIONS}`
const FOLLOWER = `SessionTracker dump:\nGlobal Sessions(2):\n0x100019e07810000\t8000ms\n0xff00019e07890000\t6000ms\n${EPHEMERALS}${CONNECTIONS}`
const OLD_LEADER = `SessionTracker dump:\nSession Sets (2):\n1 expire at Thu Jan 01 07:32:01 UTC 1970:\n\t0xff00019e07890000\n1 expire at Thu Jan 01 07:32:03 UTC 1970:\n\t0x100019e07810000\n${EPHEMERALS}`
const OLD_FOLLOWER = `SessionTracker dump:\norg.apache.zookeeper.server.quorum.LearnerSessionTracker@358b55c6\n${EPHEMERALS}`

describe('the answer to dump', () => {
  it('of a leader tells when sessions end', () => {
    for (const [text, apart] of [
      [LEADER, 62_000],
      [OLD_LEADER, 2000],
    ] as const) {
      const { value, complete } = readDump(text)
      expect([...value.ephemerals]).toEqual(OWNED)
      const at = value.expiries?.at
      expect((at?.get(ONE) ?? 0) - (at?.get(NEGATIVE) ?? 0)).toBe(apart)
      expect([at?.size, value.timeouts, complete]).toEqual([2, null, true])
    }
  })

  it('of a follower tells the time-outs, since 3.5', () => {
    const { value, complete } = readDump(FOLLOWER)
    expect([...value.ephemerals]).toEqual(OWNED)
    expect(value.timeouts).toEqual(
      new Map([
        [ONE, 8000],
        [NEGATIVE, 6000],
      ]),
    )
    expect([value.expiries, complete]).toEqual([null, true])
    const old = readDump(OLD_FOLLOWER)
    expect([[...old.value.ephemerals], old.value.expiries, old.value.timeouts, old.complete]).toEqual([
      OWNED,
      null,
      null,
      true,
    ])
  })

  it('adds local to global sessions', () => {
    const text = LEADER.replace(
      'Session Sets (3)/(2):\n',
      'Local Session Sets (1)/(1):\n1 expire at Sun Nov 22 06:37:14 UTC 2026:\n\t0x7\nGlobal Session Sets (3)/(2):\n',
    )
    const { value, complete } = readDump(text)
    expect([value.expiries?.at.size, complete]).toEqual([3, true])
  })

  it('means nothing by its times when summer time ends between them', () => {
    expect(readDump(LEADER.replace('06:38:16 UTC', '05:38:16 GMT')).value.expiries).toBeNull()
  })

  it.each([
    ['leader', LEADER],
    ['follower', FOLLOWER],
  ])('of a %s is taken for all only when it reaches its last part', (_, text) => {
    const needed = text.indexOf('Connections dump:\n') + 'Connections dump:\n'.length
    for (let length = 0; length < needed; length++) {
      expect(readDump(text.slice(0, length)).complete, `${length} bytes`).toBe(false)
    }
  })

  it.each([OLD_LEADER, OLD_FOLLOWER])('before 3.5 is taken for all only with all owners and a last line', (text) => {
    const lastOwner = text.indexOf('0x100019e07810000:\n')
    for (let length = 0; length < text.length; length++) {
      // What is cut exactly between the last paths cannot be told from what is all.
      const isKnownLimit = text[length - 1] === '\n' && length > lastOwner
      expect(readDump(text.slice(0, length)).complete, `${length} bytes`).toBe(isKnownLimit)
    }
  })
})
