import { describe, expect, it } from 'vitest'
import { ERROR_CODES } from './app-error'
import { httpStatusOf } from './http-status'

describe('httpStatusOf', () => {
  it.each(ERROR_CODES)('%s is an error status', (code) => {
    expect(httpStatusOf(code)).toBeGreaterThanOrEqual(400)
    expect(httpStatusOf(code)).toBeLessThanOrEqual(504)
  })

  it.each([
    ['NoNode', 404],
    ['UnknownCluster', 404],
    ['BadPath', 400],
    ['NoAuth', 403],
    ['ReadOnly', 403],
    ['BadVersion', 409],
    ['Recreated', 409],
    ['NotEmpty', 409],
    ['TooLarge', 413],
    ['ThrottledOp', 429],
    ['Internal', 500],
    ['ConnectionLoss', 503],
    ['SessionExpired', 503],
    ['OperationTimeout', 504],
  ] as const)('%s is %d', (code, status) => {
    expect(httpStatusOf(code)).toBe(status)
  })
})
