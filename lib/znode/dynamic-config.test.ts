import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type EnsembleMember, type HostAndPort, parseDynamicConfig, parseMember } from './dynamic-config'

describe('parseDynamicConfig', () => {
  it('reads what an ensemble of three keeps', () => {
    const text = [
      'server.1=127.0.0.1:2888:3888:participant;127.0.0.1:2181',
      'server.2=zk-2.example:2888:3888:observer;0.0.0.0:2181;0.0.0.0:2281',
      'server.3=[::1]:2888:3888|[fe80::2]:2889:3889:participant;;[::1]:2281',
      'version=100000003',
    ].join('\n')
    expect(parseDynamicConfig(text)).toEqual({
      members: [
        {
          id: '1',
          addresses: [{ host: '127.0.0.1', quorumPort: 2888, electionPort: 3888 }],
          role: 'participant',
          client: { host: '127.0.0.1', port: 2181 },
          secureClient: null,
        },
        {
          id: '2',
          addresses: [{ host: 'zk-2.example', quorumPort: 2888, electionPort: 3888 }],
          role: 'observer',
          client: { host: '0.0.0.0', port: 2181 },
          secureClient: { host: '0.0.0.0', port: 2281 },
        },
        {
          id: '3',
          addresses: [
            { host: '::1', quorumPort: 2888, electionPort: 3888 },
            { host: 'fe80::2', quorumPort: 2889, electionPort: 3889 },
          ],
          role: 'participant',
          client: null,
          secureClient: { host: '::1', port: 2281 },
        },
      ],
      version: 0x100000003n,
      others: [],
      text,
    })
  })

  it('keeps groups, weights and what it does not understand', () => {
    const text = 'group.1=1:2\nweight.1=1\r\n\nserver.1=nowhere\nversion=xyz\nversion=-1\nversion=0'
    expect(parseDynamicConfig(text)).toEqual({
      members: [],
      version: 0n,
      others: ['group.1=1:2', 'weight.1=1', 'server.1=nowhere', 'version=xyz', 'version=-1'],
      text,
    })
  })

  it('has nothing to say of a standalone server', () => {
    expect(parseDynamicConfig('')).toEqual({ members: [], version: null, others: [], text: '' })
  })

  it('reads a version as the 64 bits that Java wrote', () => {
    expect(parseDynamicConfig('version=ffffffffffffffff').version).toBe(-1n)
    expect(parseDynamicConfig('version=7fffffffffffffff').version).toBe(0x7fffffffffffffffn)
    expect(parseDynamicConfig('version=10000000000000000').version).toBeNull()
  })

  it('never throws and loses no line', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('version=1', 'server.1=a:1:2', 'server.1=a:1:2;3;4;5', 'server.2=a:1:70000', 'server.2=[::1:1:2'),
    )
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = lines.join('\n')
        const { members, version, others } = parseDynamicConfig(text)
        const kept = text.split('\n').filter((each) => each.trim() !== '').length
        expect(members.length + others.length + (version === null ? 0 : 1)).toBe(kept)
      }),
    )
  })
})

describe('parseMember', () => {
  it('takes the short forms that people write', () => {
    expect(parseMember('server.5 = host:1:2;3')).toMatchObject({
      role: 'participant',
      client: { host: '0.0.0.0', port: 3 },
    })
    expect(parseMember('server.5=host:1:2')).toMatchObject({ client: null, secureClient: null })
    expect(parseMember('server.5=host:1:2:OBSERVER;;4')).toMatchObject({
      role: 'observer',
      client: null,
      secureClient: { host: '0.0.0.0', port: 4 },
    })
  })

  it.each([
    'server.=a:1:2',
    'server.x=a:1:2',
    'server.1=a:1',
    'server.1=a:1:2:leader',
    'server.1=a:1:2:3:4',
    'server.1=a:1:2;b:c:d',
    'server.1=a:1:2:observer|b:1:2:participant',
    'server.1=a:1:2|',
    'server.1=a:99999:2',
    'group.1=1',
  ])('refuses %j', (line) => {
    expect(parseMember(line)).toBeNull()
  })

  it('reads back whatever a server prints', () => {
    const port = fc.integer({ min: 0, max: 0xffff })
    const host = fc.oneof(fc.domain(), fc.ipV4(), fc.ipV6())
    const client = fc.option(fc.record({ host, port }))
    const member: fc.Arbitrary<EnsembleMember> = fc.record({
      id: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String),
      addresses: fc.array(fc.record({ host, quorumPort: port, electionPort: port }), { minLength: 1, maxLength: 3 }),
      role: fc.constantFrom('participant' as const, 'observer' as const),
      client,
      secureClient: client,
    })
    fc.assert(
      fc.property(member, (each) => {
        expect(parseMember(print(each))).toEqual(each)
      }),
    )
  })
})

/** Source: QuorumServer.toString. */
function print({ id, addresses, role, client, secureClient }: EnsembleMember): string {
  const delimited = (host: string) => (host.includes(':') ? `[${host}]` : host)
  const at = (address: HostAndPort | null) => (address === null ? '' : `;${delimited(address.host)}:${address.port}`)
  const quorum = addresses.map((each) => `${delimited(each.host)}:${each.quorumPort}:${each.electionPort}`).join('|')
  const secure = secureClient === null ? '' : `${client === null ? ';' : ''}${at(secureClient)}`
  return `server.${id}=${quorum}:${role}${at(client)}${secure}`
}
