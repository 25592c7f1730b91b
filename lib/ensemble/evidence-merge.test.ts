import { describe, expect, it } from 'vitest'
import type { ToldConnection } from '@/lib/zookeeper/told'
import { mergeReports, type ServerReport, withinChroot } from './evidence-merge'

const client = (session: bigint, establishedAt = 1): ToldConnection => ({
  ...{ session, client: `10.0.0.${session}:1`, establishedAt, timeoutMs: 4000 },
  ...{ lastOperation: 'PING', lastResponseAt: null },
})
const report = (name: string, changes: Partial<ServerReport> = {}): ServerReport => ({
  ...{ name, id: name.slice(2), otherPort: false },
  connections: { value: [], complete: true },
  watches: { value: new Map(), complete: true },
  ...changes,
})
const IN_FULL = { members: ['1', '2'], learners: null, chroot: '', asOf: 5 }

describe('what several servers told', () => {
  it('is one list of connections and one of watches', () => {
    const { merged, view } = mergeReports(
      [
        report('zk1', {
          connections: { value: [client(1n)], complete: true },
          watches: { value: new Map([['/a', new Set([1n])]]), complete: true },
        }),
        report('zk2', {
          connections: { value: [client(2n)], complete: true },
          watches: { value: new Map([['/a', new Set([2n])]]), complete: true },
        }),
      ],
      IN_FULL,
    )
    expect([...(merged.connections ?? [])].map(([session, { server }]) => [session, server])).toEqual([
      [1n, 'zk1'],
      [2n, 'zk2'],
    ])
    expect(merged.watches).toEqual(new Map([['/a', new Set([1n, 2n])]]))
    expect(view).toEqual({ connections: 'by every server', watches: 'by every server', asOf: 5, missing: [] })
  })

  it('says of a client that went elsewhere where it is now', () => {
    for (const [first, second] of [
      [3, 4],
      [4, 3],
    ] as const) {
      const { merged } = mergeReports(
        [
          report('zk1', { connections: { value: [client(1n, first)], complete: true } }),
          report('zk2', { connections: { value: [client(1n, second)], complete: true } }),
        ],
        IN_FULL,
      )
      expect(merged.connections?.get(1n)?.server).toBe(first > second ? 'zk1' : 'zk2')
    }
  })

  it('is some when one is cut, or has clients on another port; what it did say counts', () => {
    const { merged, view } = mergeReports(
      [
        report('zk1', { connections: { value: [client(1n)], complete: true }, otherPort: true }),
        report('zk2', { watches: { value: new Map([['/a', new Set([2n])]]), complete: false } }),
      ],
      IN_FULL,
    )
    expect(merged).toMatchObject({ connectionsOfAll: false, watchesOfAll: false })
    expect([merged.connections?.size, merged.watches?.size]).toEqual([1, 1])
    expect(view.missing).toEqual([
      { server: 'zk1', what: 'connections', why: 'other port' },
      { server: 'zk2', what: 'watches', why: 'cut' },
    ])
  })

  it('is none when none told', () => {
    const silent = { connections: { silent: 'not whitelisted' }, watches: { silent: 'not asked' } } as const
    const { merged, view } = mergeReports([report('zk1', silent)], IN_FULL)
    expect(merged).toEqual({ connections: null, connectionsOfAll: false, watches: null, watchesOfAll: false })
    expect(view).toMatchObject({ connections: 'by none', watches: 'by none', asOf: null })
  })

  it('is not missing of a name whose server told under another name', () => {
    const silent = { connections: { silent: 'unreachable' }, watches: { silent: 'unreachable' } } as const
    const { view } = mergeReports([report('zk1'), report('no1', silent), report('zk2', silent)], IN_FULL)
    expect(view.missing.map(({ server }) => server)).toEqual(['zk2', 'zk2'])
  })

  it('has the paths of our chroot, and no others', () => {
    const watches = new Map(['/app', '/app/a', '/application', '/other'].map((path) => [path, new Set([1n])]))
    const { merged } = mergeReports([report('zk1', { watches: { value: watches, complete: true } })], {
      ...IN_FULL,
      chroot: '/app',
    })
    expect([...(merged.watches?.keys() ?? [])]).toEqual(['/', '/a'])
    const ephemerals = new Map([
      [1n, ['/app/a', '/application']],
      [2n, ['/other']],
    ])
    expect(withinChroot(ephemerals, '/app')).toEqual(new Map([[1n, ['/a']]]))
    expect(withinChroot(ephemerals, '')).toBe(ephemerals)
  })
})
