import { describe, expect, it } from 'vitest'
import { NO_EVIDENCE } from '@/lib/recipes/evidence'
import { whyNotRevocable } from './ask-to-release'

const PATH = '/locks/a/_c_07abcdef-0123-4567-89ab-cdef01234567-lock-0000000007'
const OWNER = 0x100000000000001n
const stat = { ephemeralOwner: OWNER }

/** The owner of {@link PATH} watches it. */
const listening = {
  evidence: { ...NO_EVIDENCE, watches: new Map([[PATH, new Set([OWNER])]]) },
  ephemerals: new Map([[OWNER, [PATH, '/locks/b/x']]]),
}

describe('whyNotRevocable', () => {
  it('lets a lock of Curator be asked whose owner watches it, also a second time', () => {
    expect(whyNotRevocable(PATH, stat, null, listening)).toBeNull()
    expect(whyNotRevocable(PATH, stat, Buffer.alloc(0), listening)).toBeNull()
    expect(whyNotRevocable(PATH, stat, Buffer.from('__REVOKE__'), listening)).toBeNull()
    const write = PATH.replace('-lock-', '-__WRIT__')
    const watched = { ...listening.evidence, watches: new Map([[write, new Set([OWNER])]]) }
    expect(whyNotRevocable(write, stat, null, { evidence: watched, ephemerals: null })).toBeNull()
  })

  it('refuses whatever would only lose its data', () => {
    expect(whyNotRevocable('/locks/a/config', stat, null, listening)).toMatch(/no lock of Curator/)
    expect(whyNotRevocable(PATH.replace('-lock-', '-latch-'), stat, null, listening)).toMatch(/no lock of Curator/)
    expect(whyNotRevocable(PATH, { ephemeralOwner: 0n }, null, listening)).toMatch(/no session/)
    expect(whyNotRevocable(PATH, stat, Buffer.from('10.0.0.1'), listening)).toMatch(/holds data/)
  })

  it('refuses where nobody tells, where another session watches, and where the watch may have another reason', () => {
    const { ephemerals } = listening
    expect(whyNotRevocable(PATH, stat, null, { evidence: NO_EVIDENCE, ephemerals })).toMatch(/no server tells whether/)
    const other = { ...NO_EVIDENCE, watches: new Map([[PATH, new Set([OWNER + 1n])]]) }
    expect(whyNotRevocable(PATH, stat, null, { evidence: other, ephemerals })).toMatch(/that its owner watches/)
    const two = new Map([[OWNER, [PATH, '/locks/a/second']]])
    expect(whyNotRevocable(PATH, stat, null, { ...listening, ephemerals: two })).toMatch(/more than one znode/)
  })
})
