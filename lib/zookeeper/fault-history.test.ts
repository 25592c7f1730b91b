import { describe, expect, it } from 'vitest'
import { FaultHistory } from './fault-history'
import type { LinkFault } from './link-fault'

const fault = (server: string, code: LinkFault['code']): LinkFault => ({ server, code, detail: '' })

describe('FaultHistory', () => {
  it('shows the most telling cause, of equals the newest', () => {
    const history = new FaultHistory(3)
    expect(history.cause).toBeNull()
    history.add(fault('a', 'Unreachable'))
    history.add(fault('b', 'Unreachable'))
    expect(history.cause?.server).toBe('b')
    history.add(fault('a', 'Unreachable'))
    expect(history.cause?.server).toBe('a')
    history.explain(fault('c', 'NoQuorum'), 0)
    history.add(fault('b', 'Unreachable'))
    expect(history.cause).toEqual(fault('c', 'NoQuorum'))
    history.add(fault('c', 'Unreachable'))
    expect(history.cause?.server).toBe('c')
    history.clear()
    expect(history.cause).toBeNull()
  })

  it('takes the ensemble for rolled back when a majority has twice been behind', () => {
    const history = new FaultHistory(3)
    const behind = (server: string, behindAt: bigint) => ({ ...fault(server, 'DataInconsistency'), behindAt })
    expect(history.explain(behind('a', 0x1ffffffffn), 0)).toBe(true)
    expect(history.explain(behind('b', 0x1ffffffffn), 0)).toBe(true)
    expect(history.explain(behind('a', 0x1ffffffffn), 1000)).toBe(true)
    expect(history.rolledBackTo).toBeNull()
    expect(history.explain(fault('b', 'NoQuorum'), 1000)).toBe(false)
    expect(history.explain(behind('b', 0x1ffffffffn), 2000)).toBe(true)
    expect(history.rolledBackTo).toBeNull()
    // The foremost of them, and a new epoch is ahead of every counter of the one before.
    expect(history.explain(behind('b', 0x200000000n), 3000)).toBe(true)
    expect(history.rolledBackTo).toBe(0x200000000n)
    expect(history.explain(behind('b', 0x200000000n), 9000)).toBe(false)
  })

  it('takes what is found within one moment for one finding', () => {
    const history = new FaultHistory(1)
    const behind = { ...fault('a', 'DataInconsistency'), behindAt: 1n }
    expect([0, 10, 899].map((at) => history.explain(behind, at))).toEqual([true, false, false])
    expect(history.rolledBackTo).toBeNull()
    history.explain(behind, 900)
    expect(history.rolledBackTo).toBe(1n)
  })

  it('begins again when a server that serves is not behind', () => {
    const history = new FaultHistory(1)
    const behind = { ...fault('a', 'DataInconsistency'), behindAt: 1n }
    history.explain(behind, 0)
    history.refuteRollback()
    history.explain(behind, 1000)
    expect(history.rolledBackTo).toBeNull()
  })
})
