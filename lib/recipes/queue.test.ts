import { describe, expect, it } from 'vitest'
import { curatorItemsOf } from './curator-items'
import { NO_EVIDENCE } from './evidence'
import type { Layout, SeenChild } from './layout'
import { ephemeral, layoutWith, statWith } from './layout-fixture'
import { recognise } from './recognise'

const NOW = 1_800_000_000_000
const item = (name: string, data: Uint8Array | null = null): SeenChild => ({ name, stat: statWith(), data })
const look = (path: string, children: SeenChild[], near: [string, Layout][] = []) =>
  recognise(layoutWith(path, children, { near: new Map(near) }), NO_EVIDENCE, NOW)
const names = (path: string, children: string[]) =>
  look(
    path,
    children.map((name) => item(name)),
  ).contenders.map(({ name }) => name)
const bytes = (text: string) => new TextEncoder().encode(text)

/** As ItemSerializer writes it: version, item, length, bytes, end. */
const HELLO = Uint8Array.of(0, 1, 0, 1, 1, 0, 0, 0, 5, ...bytes('hello'), 2)

describe('queues', () => {
  it.each([
    ['Curator DistributedQueue', ['queue-0000000001', 'queue-0000000002']],
    [
      'Curator DistributedPriorityQueue',
      ['queue-0FFFFFFFE0000000003', 'queue-1000000050000000002', 'queue-1000000060000000001'],
    ],
    ['Curator DistributedIdQueue', ['queue-|b|0000000001', 'queue-|a|0000000002']],
    ['Curator DistributedDelayQueue', ['queue-|18BCFE56800|0000000009', 'queue-|18BCFE56801|0000000001']],
    ['kazoo Queue', ['entry-050-0000000009', 'entry-100-0000000001']],
    ['ZooKeeper DistributedQueue', ['qn-0000000001', 'qn-0000000002']],
    ['zk (Ruby) MessageQueue', ['message0000000001', 'message0000000002']],
    ['ZooKeeper tutorial queue', ['element0000000001', 'element0000000002']],
  ])('has the items of %s in its order', (library, order) => {
    const recipe = look(
      '/q',
      order.toReversed().map((name) => item(name)),
    )
    expect(recipe).toMatchObject({ kind: 'queue', library })
    expect(recipe.contenders.map(({ name, state }) => [name, state])).toEqual(order.map((name) => [name, 'present']))
  })

  it('lets foreign children be', () => {
    const recipe = look('/q', [item('queue-0000000001'), item('queue-0000000002'), item('note')])
    expect(recipe.foreign).toEqual([{ name: 'note', effect: 'ignored' }])
  })

  it('takes a hexadecimal id that is no time of our days for an id', () => {
    expect(look('/q', [item('queue-|0000BEEF|0000000001')]).library).toBe('Curator DistributedIdQueue')
  })

  it('says when a delayed item is due', () => {
    expect(look('/q', [item('queue-|18BCFE56800|0000000001', HELLO)]).payload).toEqual([
      ['queue-|18BCFE56800|0000000001', '2023-11-14T22:13:20.000Z hello'],
    ])
  })

  it('shows what is in the items of Curator', () => {
    expect(look('/q', [item('queue-0000000001', HELLO)]).payload).toEqual([['queue-0000000001', 'hello']])
  })

  it('never takes the locks of single items for a queue', () => {
    const locks = ['queue-0000000003', 'queue-0000000004'].map((name) => ephemeral(name, 5n))
    expect(look('/myqueue-locks', locks)).toMatchObject({
      kind: 'item-locks',
      contenders: [{ state: 'holds', waitsOn: [] }, { state: 'holds' }],
    })
    expect(look('/q/taken', [ephemeral('entry-100-0000000001', 5n)]).kind).toBe('item-locks')
    expect(
      look('/ledgers/underreplication/locks', [ephemeral('urL0000000012', 1n), ephemeral('urL0000000013', 2n)]),
    ).toMatchObject({
      kind: 'item-locks',
      contenders: [{ state: 'holds' }, { state: 'holds' }],
    })
    expect(
      look('/clickhouse/t/block_numbers/all', [ephemeral('block-0000000012', 1n), ephemeral('block-0000000013', 2n)])
        .kind,
    ).toBe('item-locks')
  })

  it('never takes notices for a queue', () => {
    for (const [path, name] of [
      ['/config/changes', 'config_change_0000000001'],
      ['/isr_change_notification', 'isr_change_0000000001'],
      ['/elsewhere/log', 'log_dir_event_0000000001'],
      ['/clickhouse/task_queue/ddl', 'query-0000000001'],
    ] as const) {
      expect(look(path, [item(name)]).kind).toBe('notifications')
    }
    expect(look('/t/leader_election', [item('leader_election-0')]).kind).toBe('none')
  })

  it('knows which entries of a LockingQueue of kazoo are in work', () => {
    const entries = layoutWith('/q/entries', [item('entry-100-0000000002'), item('entry-100-0000000001')])
    const taken = layoutWith('/q/taken', [ephemeral('entry-100-0000000001', 7n, 1n, 'consumer')])
    const recipe = look(
      '/q',
      [item('entries'), item('taken')],
      [
        ['entries', entries],
        ['taken', taken],
      ],
    )
    expect(recipe.kind).toBe('queue')
    expect(recipe.contenders.map(({ name, state, session, claims }) => [name, state, session, claims])).toEqual([
      ['entries/entry-100-0000000001', 'holds', 7n, 'consumer'],
      ['entries/entry-100-0000000002', 'present', null, null],
    ])
  })

  it('knows the shards of QueueSharder', () => {
    expect(look('/q', [item('queue-0d2f6a1e-1111-4222-8333-444455556666')]).library).toBe('Curator QueueSharder')
  })

  it('sorts a hundred thousand items', () => {
    const many = Array.from(
      { length: 100_000 },
      (_, index) => `queue-${String((index * 7919) % 100_000).padStart(10, '0')}`,
    )
    const layout = many.map((name) => item(name))
    const recipe = look('/q', layout)
    expect(recipe.contenders).toHaveLength(100_000)
    expect(recipe.contenders[99_999]?.name).toBe('queue-0000099999')
    // It takes a part of a second; a quadratic one would take many minutes.
  }, 60_000)
})

describe('items of Curator', () => {
  it('gives them all, or nothing when a byte is not as it should be', () => {
    expect(curatorItemsOf(HELLO)).toEqual([bytes('hello')])
    expect(curatorItemsOf(Uint8Array.of(0, 1, 0, 1, 2))).toEqual([])
    expect(curatorItemsOf(HELLO.subarray(0, HELLO.length - 1))).toBeNull()
    expect(curatorItemsOf(Uint8Array.of(...HELLO, 0))).toBeNull()
    expect(curatorItemsOf(Uint8Array.of(0, 1, 0, 1, 1, 0x7f, 255, 255, 255, 2))).toBeNull()
    expect(curatorItemsOf(Uint8Array.of(0, 1, 0, 1, 1, 255, 255, 255, 255, 2))).toBeNull()
    expect(curatorItemsOf(null)).toBeNull()
  })
})

it('keeps the order of names without their ids', () => {
  expect(names('/q', ['queue-|z|0000000003', 'queue-|a|0000000007'])).toEqual([
    'queue-|z|0000000003',
    'queue-|a|0000000007',
  ])
})
