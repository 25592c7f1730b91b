import type { SeenChild } from './layout'

/** How one kind of queue calls its items. */
export interface QueueShape {
  readonly library: string
  readonly orElse: readonly string[]
  /** The place of an item in the library's order; null for what is no item. */
  readonly read: (name: string) => { readonly key: string | number; readonly sequence: number | null } | null
  /** When an item is due, milliseconds since 1970, where it is not at once. */
  readonly dueAt?: (name: string) => number | null
}

function byName(library: string, pattern: RegExp, orElse: readonly string[] = []): QueueShape {
  const read = (name: string) => {
    const digits = pattern.exec(name)?.at(-1)
    return digits === undefined ? null : { key: name, sequence: int32Of(digits) }
  }
  return { library, orElse, read }
}

const DELAY = /^queue-\|([0-9A-F]{8,16})\|(-?\d{10})$/
/** A time after 2001 in milliseconds: an id that is hexadecimal by chance is hardly one. */
const PLAUSIBLE = 1_000_000_000_000

function epochOf(name: string): number | null {
  const epoch = Number.parseInt(DELAY.exec(name)?.[1] ?? '', 16)
  return epoch >= PLAUSIBLE && epoch < PLAUSIBLE * 10 ? epoch : null
}

const DELAYED: QueueShape = {
  library: 'Curator DistributedDelayQueue',
  orElse: ['Curator DistributedIdQueue with hexadecimal ids'],
  read(name) {
    const epoch = epochOf(name)
    return epoch === null ? null : { key: epoch, sequence: int32Of(DELAY.exec(name)?.[2] ?? '') }
  },
  dueAt: epochOf,
}

/** Sorted by the name without the id. */
const WITH_IDS: QueueShape = {
  library: 'Curator DistributedIdQueue',
  orElse: [],
  read(name) {
    const digits = /^queue-\|[^|]*\|(-?\d{10})$/.exec(name)?.[1]
    return digits === undefined ? null : { key: digits, sequence: int32Of(digits) }
  },
}

const SHAPES: readonly QueueShape[] = [
  DELAYED,
  WITH_IDS,
  byName('Curator DistributedPriorityQueue', /^queue-[01][0-9A-F]{8}(-?\d{10})$/),
  byName('Curator DistributedQueue', /^queue-(-?\d{10})$/),
  byName('kazoo Queue', /^entry-\d{3}-(-?\d{10})$/, ['entries of a kazoo LockingQueue']),
  byName('ZooKeeper DistributedQueue', /^qn-(-?\d{10})$/, ['Curator SimpleDistributedQueue', 'zoo_queue (C)']),
  byName('zk (Ruby) MessageQueue', /^message-?(\d{10})$/),
  byName('ZooKeeper tutorial queue', /^element(-?\d{10})$/),
]

/** The first shape that most of the children have, or null. */
export function queueShapeOf(children: readonly SeenChild[]): QueueShape | null {
  if (children.length === 0) return null
  for (const shape of SHAPES) {
    let items = 0
    for (const { name } of children) if (shape.read(name) !== null) items++
    if (items * 2 > children.length) return shape
  }
  return null
}

function int32Of(digits: string): number | null {
  const number = Number(digits)
  return number === (number | 0) ? number : null
}
