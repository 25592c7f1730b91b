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
    for (const server of ['a', 'b', 'a']) history.explain(fault(server, 'DataInconsistency'))
    expect(history.isRolledBack).toBe(false)
    history.explain(fault('b', 'NoQuorum'))
    history.explain(fault('b', 'DataInconsistency'))
    expect(history.isRolledBack).toBe(false)
    history.explain(fault('b', 'DataInconsistency'))
    expect(history.isRolledBack).toBe(true)
  })
})
