import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatServer, parseConnectString } from './connect-string'
import { isZooKeeperError } from './errors'

describe('parseConnectString', () => {
  it.each([
    ['localhost', [{ host: 'localhost', port: 2181 }], ''],
    [
      ' a:1 , b:65535 ,, c ',
      [
        { host: 'a', port: 1 },
        { host: 'b', port: 65_535 },
        { host: 'c', port: 2181 },
      ],
      '',
    ],
    [
      '[::1]:2182,[fe80::1%eth0]',
      [
        { host: '::1', port: 2182 },
        { host: 'fe80::1%eth0', port: 2181 },
      ],
      '',
    ],
    ['a:1/', [{ host: 'a', port: 1 }], ''],
    [
      'a:1,b:2/app/one ',
      [
        { host: 'a', port: 1 },
        { host: 'b', port: 2 },
      ],
      '/app/one',
    ],
  ])('%j', (text, servers, chroot) => {
    expect(parseConnectString(text)).toEqual({ servers, chroot })
  })

  it.each([
    ['', 'names no server'],
    [' , ', 'names no server'],
    ['/app', 'names no server'],
    ['a:0', 'no port'],
    ['a:65536', 'no port'],
    ['a:', 'no port'],
    ['a:b', 'no port'],
    ['::1', 'IPv6 is written'],
    ['[::1', 'IPv6 is written'],
    ['[nine]:1', 'no IPv6 address'],
    ['user:secret@a:1', 'credentials are a setting of their own'],
    ['a b:1', 'is not "host:port"'],
    ['http://a:1', 'is a URL'],
    ['a:1/app/', 'ends with a slash'],
    ['a:1//app', 'empty part'],
    ['a:1/../b', 'mean nothing'],
  ])('refuses %j and says why', (text, why) => {
    let thrown: unknown
    try {
      parseConnectString(text)
    } catch (error) {
      thrown = error
    }
    expect(isZooKeeperError(thrown) && ['BadRequest', 'BadPath'].includes(thrown.code)).toBe(true)
    expect(String(thrown)).toContain(why)
    expect(String(thrown)).not.toContain('secret')
  })

  it('reads back what formatServer writes', () => {
    const server = fc.record({
      host: fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6()),
      port: fc.integer({ min: 1, max: 65_535 }),
    })
    fc.assert(
      fc.property(fc.array(server, { minLength: 1 }), (servers) => {
        expect(parseConnectString(servers.map(formatServer).join(',')).servers).toEqual(servers)
      }),
    )
  })
})
