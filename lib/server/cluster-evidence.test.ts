import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { evidenceSchema, readEvidenceOptions } from './cluster-evidence'

const schema = z.strictObject({ connect: z.string().default('zk1:2181,zk2,[::1]:2183/app'), ...evidenceSchema })
const read = (input: object) => readEvidenceOptions(schema.parse(input), 'clusters[0]')

describe('what servers may be asked', () => {
  test('four-letter words, and no guessed AdminServer, unless something else is said', () => {
    expect(read({})).toEqual({ adminServers: new Map(), fourLetterWords: true })
    expect(read({ fourLetterWords: false }).fourLetterWords).toBe(false)
  })

  test('URLs in the order of the connect string, or by server', () => {
    const urls = ['http://zk1:8080', 'https://zk2:8443/admin/', 'http://[::1]:8080/commands']
    const expected = new Map([
      ['zk1:2181', 'http://zk1:8080/commands'],
      ['zk2:2181', 'https://zk2:8443/admin'],
      ['[::1]:2183', 'http://[::1]:8080/commands'],
    ])
    expect(read({ adminServers: urls }).adminServers).toEqual(expected)
    const byServer = { 'zk1:2181': urls[0], zk2: urls[1], '[::1]:2183': urls[2] }
    expect(read({ adminServers: byServer }).adminServers).toEqual(expected)
  })

  test.each([
    [['http://zk1:8080'], /adminServers: has 1 URLs for the 3 servers/],
    [{ 'zk1:2181,zk2:2181': 'http://zk1:8080' }, /adminServers: "zk1:2181,zk2:2181" is not one server/],
    [{ 'zk1:port': 'http://zk1:8080' }, /adminServers: "zk1:port" is not one server/],
    [{ 'zk1:2181': 'zk1:8080' }, /must be a list of URLs|must be a URL/],
    [{ 'zk1:2181': 'file:///etc/passwd' }, /must be a list of URLs|must be a URL/],
    [{ 'zk1:2181': 'http://zk1:8080/commands?x=1' }, /must be a list of URLs|must end with its path/],
    [[1], /must be a list of URLs/],
  ])('%j is refused', (adminServers, message) => {
    expect(() => read({ adminServers })).toThrow(message)
  })

  test('a password in a URL is refused and not repeated', () => {
    const input = { adminServers: { zk1: 'http://me:hunter2@zk1:8080' } }
    expect(() => read(input)).toThrow()
    expect(() => read(input)).not.toThrow(/hunter2/)
  })
})
