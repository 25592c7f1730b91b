import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Operations } from './operations'
import { readAcl } from './records'
import type { Request } from './request'
import { ALL_FEATURES, featuresOf } from './server-features'
import type { CreateMode, Creation } from './session-operations'
import { anyAcl, anyData, anyPath, anyStat, decoded, encoded, int32, int64, writeWholeStat } from './testing/wire'

const plain = new Operations('')
const inside = new Operations('/app')
const member = 'server.4=host:2888:3888:participant;2181'

/** One of each, below "/app". */
const EACH: Readonly<Record<string, Request<unknown>>> = {
  create: inside.create({ path: '/a', data: null })(ALL_FEATURES),
  delete: inside.delete('/a', 1),
  exists: inside.exists('/a'),
  getData: inside.getData('/a'),
  setData: inside.setData('/a', null, 1),
  getAcl: inside.getAcl('/a'),
  setAcl: inside.setAcl('/a', [], 1),
  sync: inside.sync('/a'),
  getChildren: inside.getChildren('/a'),
  check: inside.check('/a', 1)(ALL_FEATURES),
  multi: inside.multi([{ type: 'check', path: '/a', version: 1 }])(ALL_FEATURES),
  multiRead: inside.multiRead([{ type: 'getData', path: '/a' }]),
  checkWatches: inside.checkWatches('/a', 'any'),
  removeWatches: inside.removeWatches('/a', 'any', () => undefined),
  whoAmI: inside.whoAmI(),
  getEphemerals: inside.getEphemerals('/a'),
  getAllChildrenNumber: inside.getAllChildrenNumber('/a'),
  config: inside.config(),
  reconfig: inside.reconfig({ joining: [member], leaving: [], fromVersion: 1n }),
}

describe('every operation', () => {
  it('has the opcode of ZooDefs', () => {
    const opcodes = Object.entries(EACH).map(([name, { opcode }]) => `${name} ${opcode}`)
    expect(opcodes.join(', ')).toBe(
      'create 15, delete 2, exists 3, getData 4, setData 5, getAcl 6, setAcl 7, sync 9, getChildren 12, check 14, multi 14, ' +
        'multiRead 22, checkWatches 17, removeWatches 18, whoAmI 107, getEphemerals 103, getAllChildrenNumber 104, ' +
        'config 4, reconfig 16',
    )
  })

  it('writes or does not', () => {
    const writes = Object.entries(EACH).filter(([, { write }]) => write === true)
    expect(writes.map(([name]) => name)).toEqual(['create', 'delete', 'setData', 'setAcl', 'multi', 'reconfig'])
  })

  it('needs the release that brought it', () => {
    const newer = Object.entries(EACH).filter(([, { feature }]) => feature !== undefined)
    expect(newer.map(([name, { feature }]) => `${name} ${feature}`)).toEqual([
      'multiRead multiRead',
      'checkWatches create2',
      'removeWatches create2',
      'whoAmI whoAmI',
      'getEphemerals getEphemerals',
      'getAllChildrenNumber getEphemerals',
      'config create2',
      'reconfig create2',
    ])
    expect(plain.checkWatches('/', 'persistent').feature).toBe('watcherTypes')
    expect(plain.removeWatches('/', 'recursive', () => undefined).feature).toBe('watcherTypes')
  })

  it.each(Object.entries(EACH))('takes no bytes of an answer for more than a RangeError: %s', (_, request) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decoded(request, Buffer.from(bytes))
        } catch (error) {
          const isFailure = (error as Error).name === 'ZooKeeperError'
          expect(isFailure || error instanceof RangeError).toBe(true)
        }
      }),
    )
  })

  it('says "/app/a" for "/a" below the chroot "/app", but for what lies outside', () => {
    const outside = new Set(['whoAmI', 'config', 'reconfig', 'check', 'multi', 'multiRead'])
    for (const [name, request] of Object.entries(EACH)) {
      if (!outside.has(name)) expect(`${name} ${encoded(request).string()}`).toBe(`${name} /app/a`)
    }
    expect(encoded(inside.config()).string()).toBe('/zookeeper/config')
    expect(encoded(inside.getEphemerals('/')).string()).toBe('/app')
  })
})

describe('create', () => {
  const modes: CreateMode[] = ['persistent', 'ephemeral', 'persistent-sequential', 'ephemeral-sequential', 'container']

  it.each(modes.map((mode, flags) => [mode, flags] as const))('as %s goes out with flags %d', (mode, flags) => {
    fc.assert(
      fc.property(anyPath, anyData, anyAcl, (path, data, acl) => {
        const request = inside.create({ path, data, acl, mode } as Creation)(ALL_FEATURES)
        const reader = encoded(request)
        expect(request.opcode).toBe(mode === 'container' ? 19 : 15)
        expect([reader.string(), reader.buffer(), readAcl(reader)]).toEqual([`/app${path}`, data, acl])
        expect([reader.int(), reader.remaining]).toEqual([flags, 0])
      }),
    )
  })

  it.each(['ttl', 'ttl-sequential'] as const)('as %s goes out with its milliseconds', (mode) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0xffffffffff }), anyAcl, (ttlMs, acl) => {
        const request = plain.create({ path: '/a', data: null, mode, ttlMs, acl })(ALL_FEATURES)
        const reader = encoded(request)
        expect([request.opcode, reader.string(), reader.buffer(), readAcl(reader)]).toEqual([21, '/a', null, acl])
        expect([reader.int(), reader.long(), reader.remaining]).toEqual([mode === 'ttl' ? 5 : 6, BigInt(ttlMs), 0])
      }),
    )
  })

  it('answers with path and stat, to servers before 3.5 with the path alone', () => {
    fc.assert(
      fc.property(anyPath, anyStat, (path, stat) => {
        const create = inside.create({ path: '/n-', data: null, mode: 'persistent-sequential' })
        const answer = decoded(create(ALL_FEATURES), (w) => writeWholeStat(w.string(`/app${path}`), stat))
        expect(answer).toEqual({ path, stat })
        const old = create(featuresOf('3.4.14'))
        expect([old.opcode, decoded(old, (w) => w.string(`/app${path}`))]).toEqual([1, { path, stat: null }])
      }),
    )
  })

  it('of a sequential znode may leave its name to the server', () => {
    const queue = { path: '/queue/', data: null } as const
    expect(encoded(plain.create({ ...queue, mode: 'persistent-sequential' })(ALL_FEATURES)).string()).toBe('/queue/')
    expect(() => encoded(plain.create(queue)(ALL_FEATURES))).toThrow('ends with a slash')
  })
})

describe('the rest', () => {
  it('goes out as a server reads it', () => {
    fc.assert(
      fc.property(anyPath, anyAcl, int32, (path, acl, version) => {
        const reader = encoded(inside.setAcl(path, acl, version))
        expect([reader.string(), readAcl(reader), reader.int()]).toEqual([`/app${path}`, acl, version])
      }),
    )
    const kinds = ['children', 'data', 'any', 'persistent', 'recursive'] as const
    for (const [index, kind] of kinds.entries()) {
      const reader = encoded(inside.checkWatches('/', kind))
      expect([reader.string(), reader.int(), reader.remaining]).toEqual(['/app', index + 1, 0])
    }
    expect(encoded(plain.whoAmI()).remaining).toBe(0)
  })

  it('finds ephemerals below the chroot only', () => {
    const paths = ['/app/a', '/apple/a', '/app', '/other']
    const answer = decoded(inside.getEphemerals('/'), (w) => w.vector(paths, (each, path) => each.string(path)))
    expect(answer).toEqual(['/a', '/'])
  })

  it('reads identities and the count of descendants', () => {
    const identities = [
      { scheme: 'ip', id: '127.0.0.1' },
      { scheme: 'digest', id: 'zoe' },
    ]
    const answer = decoded(plain.whoAmI(), (w) =>
      w.vector(identities, (each, { scheme, id }) => each.string(scheme).string(id)),
    )
    expect(answer).toEqual(identities)
    expect(decoded(plain.getAllChildrenNumber('/'), (w) => w.int(7))).toBe(7)
  })
})

describe('reconfig', () => {
  it('joins lists with commas, and has null for none', () => {
    fc.assert(
      fc.property(int64, (fromVersion) => {
        const some = encoded(plain.reconfig({ joining: [member, member], leaving: ['1', '2'], fromVersion }))
        const lists = [some.string(), some.string(), some.string()]
        expect([...lists, some.long(), some.remaining]).toEqual([`${member},${member}`, '1,2', null, fromVersion, 0])
        const all = encoded(plain.reconfig({ members: [member], fromVersion }))
        expect([all.string(), all.string(), all.string(), all.long()]).toEqual([null, null, member, fromVersion])
      }),
    )
  })

  it('answers with the configuration that is in force then', () => {
    fc.assert(
      fc.property(anyStat, (stat) => {
        const request = plain.reconfig({ joining: [], leaving: ['1'], fromVersion: -1n })
        const text = Buffer.from(`${member}\nversion=1a`)
        const { config, ...rest } = decoded(request, (w) => writeWholeStat(w.buffer(text), stat))
        expect([config.members.map(({ id }) => id), config.version, rest.stat]).toEqual([['4'], 0x1an, stat])
      }),
    )
  })
})
