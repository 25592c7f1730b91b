import { describe, expect, it } from 'vitest'
import { codeOf, isZooKeeperError, serverError, toAppError, ZooKeeperError } from './errors'

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

  it('knows every code of ZooKeeper', () => {
    // Source: KeeperException.Code.
    const codes = {
      SystemError: -1,
      RuntimeInconsistency: -2,
      DataInconsistency: -3,
      ConnectionLoss: -4,
      MarshallingError: -5,
      Unimplemented: -6,
      OperationTimeout: -7,
      BadArguments: -8,
      UnknownSession: -12,
      NewConfigNoQuorum: -13,
      ReconfigInProgress: -14,
      ApiError: -100,
      NoNode: -101,
      NoAuth: -102,
      BadVersion: -103,
      NoChildrenForEphemerals: -108,
      NodeExists: -110,
      NotEmpty: -111,
      SessionExpired: -112,
      InvalidCallback: -113,
      InvalidACL: -114,
      AuthFailed: -115,
      SessionMoved: -118,
      NotReadOnly: -119,
      EphemeralOnLocalSession: -120,
      NoWatcher: -121,
      RequestTimeout: -122,
      ReconfigDisabled: -123,
      SessionClosedRequireSaslAuth: -124,
      QuotaExceeded: -125,
      ThrottledOp: -127,
    }
    for (const [code, zkCode] of Object.entries(codes)) {
      expect(serverError(zkCode)).toMatchObject({ code, zkCode })
      expect(codeOf(zkCode)).toBe(code)
    }
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
