import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from '@/lib/znode/app-error'
import { describeError } from './errors'

describe('describeError', () => {
  it.each(ERROR_CODES)('%s says what happened and what to do, each in whole sentences', (code) => {
    for (const context of [{}, { path: '/a', server: 'zk1:2181', detail: 'a cause' }]) {
      const error = describeError(code, context)
      expect(error.code).toBe(code)
      for (const text of [error.message, error.hint]) {
        expect(text).toMatch(/^[\p{Lu}"/z]/u)
        expect(text).toMatch(/[^.]\.$/)
        expect(text).not.toMatch(/undefined|null|\.\.|\s\s/)
      }
      expect(error.hint).not.toBe(error.message)
    }
  })

  it('has no two codes that read alike', () => {
    expect(new Set(ERROR_CODES.map((code) => describeError(code).message)).size).toBe(ERROR_CODES.length)
  })

  it('carries the path only when there is one', () => {
    expect(describeError('NoNode', { path: '/a/b' })).toMatchObject({
      message: 'There is no znode /a/b.',
      path: '/a/b',
    })
    expect('path' in describeError('NoNode')).toBe(false)
  })

  it('names the server and the cause', () => {
    const { message } = describeError('Unreachable', {
      server: 'zk1:2181',
      detail: 'connect ECONNREFUSED 10.0.0.1:2181',
    })
    expect(message).toBe('No connection to zk1:2181: connect ECONNREFUSED 10.0.0.1:2181.')
  })

  it('never lets a stack trace through', () => {
    const detail = new Error('socket hang up').stack ?? ''
    expect(describeError('Internal', { detail }).message).toBe('Zoolens failed at this: Error: socket hang up.')
  })

  it('keeps messages short whatever the cause is', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 2000 }), fc.constantFrom(...ERROR_CODES), (detail, code) => {
        const { message } = describeError(code, { detail })
        expect(message.length).toBeLessThan(400)
        expect(message).not.toMatch(/[\r\n]/)
      }),
    )
  })
})

describe('what to do about a server that cannot be reached', () => {
  const hint = (detail: string) => describeError('Unreachable', { server: 'zk1:2181', detail }).hint

  it('depends on how it failed', () => {
    expect(hint('connect ECONNREFUSED 10.0.0.1:2181')).toContain('nothing listens on this port')
    expect(hint('connecting takes too long')).toContain('firewall or network policy')
    expect(hint('connect EHOSTUNREACH 10.0.0.1:2181')).toContain('firewall or network policy')
    expect(hint('it accepts connections but does not answer')).toContain('hang')
    expect(hint('')).toBe(describeError('Unreachable').hint)
  })
})
