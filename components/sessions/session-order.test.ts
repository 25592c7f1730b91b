import { describe, expect, it } from 'vitest'
import { sessionView } from './session-fixture'
import { sessionRows } from './session-order'

const ids = (rows: readonly { readonly session: string }[]) => rows.map(({ session }) => session)

describe('sessionRows', () => {
  const one = sessionView('0x1', { client: '10.0.0.9:4000', ephemeralCount: 2, timeoutMs: null })
  const two = sessionView('0x2', { client: '10.0.0.10:4000', ephemeralCount: 5, timeoutMs: 10_000 })
  const three = sessionView('0xffffffffffffffff', { client: null, holds: ['/locks/A'], timeoutMs: 30_000 })
  const all = [one, two, three]

  it('leaves the order as it is told, and never sorts the answer itself', () => {
    expect(sessionRows(all, 'stake', '')).toEqual(all)
    sessionRows(all, 'ephemerals', '')
    expect(ids(all)).toEqual(['0x1', '0x2', '0xffffffffffffffff'])
  })

  it('sorts numbers largest first, and what is not known last', () => {
    expect(ids(sessionRows(all, 'ephemerals', ''))[0]).toBe('0x2')
    expect(ids(sessionRows(all, 'timeout', ''))).toEqual(['0xffffffffffffffff', '0x2', '0x1'])
    expect(ids(sessionRows(all, 'client', ''))).toEqual(['0x1', '0x2', '0xffffffffffffffff'])
  })

  it('sorts sessions by their signed ids: those of servers above 127 come first', () => {
    expect(ids(sessionRows(all, 'session', ''))).toEqual(['0xffffffffffffffff', '0x1', '0x2'])
  })

  it('filters by what a session is and owns, whatever the case', () => {
    expect(ids(sessionRows(all, 'stake', '10.0.0.10'))).toEqual(['0x2'])
    expect(ids(sessionRows(all, 'stake', ' /LOCKS/a '))).toEqual(['0xffffffffffffffff'])
    expect(sessionRows(all, 'stake', 'nothing')).toEqual([])
  })
})
