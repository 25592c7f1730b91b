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
    history.explain(fault('c', 'NoQuorum'))
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
    for (const server of ['a', 'b', 'a']) history.explain(behind(server, 0x1ffffffffn))
    expect(history.rolledBackTo).toBeNull()
    history.explain(fault('b', 'NoQuorum'))
    history.explain(behind('b', 0x1ffffffffn))
    expect(history.rolledBackTo).toBeNull()
    // The foremost of them, and a new epoch is ahead of every counter of the one before.
    history.explain(behind('b', 0x200000000n))
    expect(history.rolledBackTo).toBe(0x200000000n)
  })
})
