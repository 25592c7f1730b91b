import type { Place, Rule } from './queue-for'
import type { Random } from './random'

const last = (before: readonly string[]) => before.at(-1)

/** Curator sorts every child by what follows the label, a foreign one by its whole name. Source: standardFixForSorting. */
function afterLabel(...labels: readonly string[]): (name: string) => string {
  return (name) => {
    const label = labels.find((one) => name.includes(one))
    return label === undefined ? name : name.slice(name.lastIndexOf(label) + label.length)
  }
}

const READ = '__READ__'
const WRITE = '__WRIT__'
const readWriteKey = afterLabel(READ, WRITE)

const WRITER: Rule = { key: readWriteKey, waitsFor: last }
/** A reader waits for the first writer of all. Source: InterProcessReadWriteLock.readLockPredicate. */
const READER: Rule = { key: readWriteKey, waitsFor: (before) => before.find((name) => name.includes(WRITE)) }

/** kazoo passes over what does not look like its own. Source: kazoo/recipe/lock.py. */
const KAZOO: Rule = { key: (name) => /__lock__(-?\d{10})$/.exec(name)?.[1] ?? null, waitsFor: last }

function curator(random: Random, directory: string, label: string, data: string, rule: Rule): Place {
  return { directory, prefix: `_c_${random.uuid()}-`, label, data: Buffer.from(data), rule }
}

/** Curator's InterProcessMutex; its default data is the address of the client. */
export function curatorMutex(random: Random, directory: string, address: string): Place {
  return curator(random, directory, 'lock-', address, { key: afterLabel('lock-'), waitsFor: last })
}

export function curatorLatch(random: Random, directory: string, id: string): Place {
  return curator(random, directory, 'latch-', id, { key: afterLabel('latch-'), waitsFor: last })
}

export function curatorReadLock(random: Random, directory: string, address: string): Place {
  return curator(random, directory, READ, address, READER)
}

export function curatorWriteLock(random: Random, directory: string, address: string): Place {
  return curator(random, directory, WRITE, address, WRITER)
}

/** kazoo's Lock; its data is the identifier that the program gave. */
export function kazooLock(random: Random, directory: string, identifier: string): Place {
  return { directory, prefix: hexId(random), label: '__lock__', data: Buffer.from(identifier), rule: KAZOO }
}

/** Python's uuid4().hex. */
export function hexId(random: Random): string {
  return random.uuid().replaceAll('-', '')
}
