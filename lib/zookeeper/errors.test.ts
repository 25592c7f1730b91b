import { describe, expect, it } from 'vitest'
import { isZooKeeperError, serverError, toAppError, ZooKeeperError } from './errors'

describe('ZooKeeperError', () => {
  it('carries code, number, path and words', () => {
    const error = serverError(-103, { path: '/a' })
    expect(error).toMatchObject({
      name: 'ZooKeeperError',
      code: 'BadVersion',
      zkCode: -103,
      path: '/a',
      outcomeUnknown: false,
    })
    expect(error).toBeInstanceOf(Error)
    expect(toAppError(error)).toMatchObject({ code: 'BadVersion', path: '/a', message: error.message })
  })

  it('takes codes that only newer servers know', () => {
    const error = serverError(-999, { path: '/a' })
    expect(error).toMatchObject({ code: 'SystemError', zkCode: -999 })
    expect(error.message).toContain('-999')
  })

  it('is told apart without its class', () => {
    expect(isZooKeeperError(new ZooKeeperError('Closed'))).toBe(true)
    for (const other of [new Error('x'), null, undefined, 'x', { code: 'Closed' }])
      expect(isZooKeeperError(other)).toBe(false)
  })

  it('tells nothing of what it does not know', () => {
    const error = toAppError(new Error('digest user:secret'))
    expect(error.code).toBe('Internal')
    expect(JSON.stringify(error)).not.toContain('secret')
  })
})
