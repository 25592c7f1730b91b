import type { SeenChild } from './layout'

/** The place of an item: in the library's order by `key`. */
export interface QueueItem {
  readonly key: string | number
  /** int32; null when its digits are none. */
  readonly sequence: number | null
}

/** How one kind of queue calls its items. */
export interface QueueShape {
  readonly library: string
  readonly orElse: readonly string[]
  /** Null for what is no item. */
  readonly read: (name: string) => QueueItem | null
  /** When an item is due, milliseconds since 1970, where it is not at once. */
  readonly dueAt?: (name: string) => number | null
}

/** Longer than any number of a znode, and small enough for a number of three digits before it. */
const BEYOND = 10 ** 11

/** By name as text, with a number in place of it: a minus is before all digits, and then the digits count. */
function orderOfText(digits: string): number {
  return digits.startsWith('-') ? Number(digits.slice(1)) - BEYOND : Number(digits)
}

/** One prefix, and the number. */
function numbered(library: string, prefix: string, orElse: readonly string[] = []): QueueShape {
  const pattern = new RegExp(`^${prefix}-?\\d{10}$`)
  const read = (name: string): QueueItem | null => {
    if (!name.startsWith(prefix) || !pattern.test(name)) return null
    const digits = name.slice(prefix.length)
    return { key: orderOfText(digits), sequence: int32Of(digits) }
  }
  return { library, orElse, read }
}

const ENTRY = /^entry-(\d{3})-(-?\d{10})$/
const BY_PRIORITY: QueueShape = {
  library: 'kazoo Queue',
  orElse: ['entries of a kazoo LockingQueue'],
  read(name) {
    const [, priority, digits] = ENTRY.exec(name) ?? []
    if (digits === undefined) return null
    return { key: Number(priority) * 10 * BEYOND + orderOfText(digits), sequence: int32Of(digits) }
  },
}

const PRIORITY = /^queue-[01][0-9A-F]{8}(-?\d{10})$/
const BY_HEXADECIMAL_PRIORITY: QueueShape = {
  library: 'Curator DistributedPriorityQueue',
  orElse: [],
  read(name) {
    const digits = PRIORITY.exec(name)?.[1]
    return digits === undefined ? null : { key: name, sequence: int32Of(digits) }
  },
}

const DELAY = /^queue-\|([0-9A-F]{8,16})\|(-?\d{10})$/
/** A time after 2001 in milliseconds: an id that is hexadecimal by chance is hardly one. */
const PLAUSIBLE = 1_000_000_000_000

function epochOf(hexadecimal: string): number | null {
  const epoch = Number.parseInt(hexadecimal, 16)
  return epoch >= PLAUSIBLE && epoch < PLAUSIBLE * 10 ? epoch : null
}

const DELAYED: QueueShape = {
  library: 'Curator DistributedDelayQueue',
  orElse: ['Curator DistributedIdQueue with hexadecimal ids'],
  read(name) {
    const [, hexadecimal = '', digits = ''] = DELAY.exec(name) ?? []
    const epoch = epochOf(hexadecimal)
    return epoch === null ? null : { key: epoch, sequence: int32Of(digits) }
  },
  dueAt: (name) => epochOf(DELAY.exec(name)?.[1] ?? ''),
}

const ID = /^queue-\|[^|]*\|(-?\d{10})$/
/** Sorted by the name without the id. */
const WITH_IDS: QueueShape = {
  library: 'Curator DistributedIdQueue',
  orElse: [],
  read(name) {
    const digits = ID.exec(name)?.[1]
    return digits === undefined ? null : { key: orderOfText(digits), sequence: int32Of(digits) }
  },
}

const SHAPES: readonly QueueShape[] = [
  DELAYED,
  WITH_IDS,
  BY_HEXADECIMAL_PRIORITY,
  numbered('Curator DistributedQueue', 'queue-'),
  BY_PRIORITY,
  numbered('ZooKeeper DistributedQueue', 'qn-', ['Curator SimpleDistributedQueue', 'zoo_queue (C)']),
  numbered('zk (Ruby) MessageQueue', 'message'),
  numbered('ZooKeeper tutorial queue', 'element'),
]

const SAMPLE = 200

/** The first shape that most of a sample of the children have, or null: the server's order is that of a HashSet. */
export function queueShapeOf(children: readonly SeenChild[]): QueueShape | null {
  const sample = children.slice(0, SAMPLE)
  return SHAPES.find(({ read }) => sample.filter(({ name }) => read(name) !== null).length * 2 > sample.length) ?? null
}

function int32Of(digits: string): number | null {
  const number = Number(digits)
  return number === (number | 0) ? number : null
}
