import type { Session } from '@/lib/zookeeper/session'
import { removeOwn } from './remove-own'

/** A place in a queue of contenders, as the client libraries make one. */
export interface Place {
  /** The directory that all contenders share. */
  readonly directory: string
  /** Starts the znode's name and nobody else's, so that it is found again when the reply to its create was lost. */
  readonly prefix: string
  /** Stands between the prefix and the number: "lock-", "latch-", "__READ__". */
  readonly label: string
  readonly data: Buffer
  readonly rule: Rule
}

/** A library's order, and whom it makes a contender wait for. */
export interface Rule {
  /** By this text the children are sorted. null: no contender, and passed over. */
  readonly key: (name: string) => string | null
  /** Which of those before it a contender waits for; undefined when it may hold. */
  readonly waitsFor: (before: readonly string[]) => string | undefined
}

/** Queues up, holds the lock or the leadership while `hold` runs, and leaves the queue, however `hold` ends. */
export async function queueFor(
  session: Session,
  place: Place,
  signal: AbortSignal,
  hold: () => Promise<void>,
): Promise<void> {
  try {
    await enter(session, place)
    while (!signal.aborted) {
      const names = await sortedNames(session, place)
      const index = names.findIndex((name) => isOwn(name, place))
      if (index < 0) throw new Error('somebody deleted our place')
      const predecessor = place.rule.waitsFor(names.slice(0, index))
      if (predecessor === undefined) return await hold()
      await changeOf(session, `${place.directory}/${predecessor}`, signal)
    }
  } finally {
    await removeOwn(session, signal, async () => {
      const own = (await session.getChildren(place.directory)).names.find((name) => isOwn(name, place))
      return own === undefined ? null : `${place.directory}/${own}`
    })
  }
}

function isOwn(name: string, { prefix }: Place): boolean {
  return name.startsWith(prefix)
}

async function sortedNames(session: Session, { directory, rule }: Place): Promise<string[]> {
  const { names } = await session.getChildren(directory)
  const keyed = names.flatMap((name) => {
    const key = rule.key(name)
    return key === null ? [] : [{ name, key }]
  })
  return keyed.sort((left, right) => (left.key < right.key ? -1 : 1)).map(({ name }) => name)
}

async function enter(session: Session, place: Place): Promise<void> {
  try {
    const path = `${place.directory}/${place.prefix}${place.label}`
    await session.create(path, place.data, { mode: 'ephemeral-sequential' })
  } catch (error) {
    const names = await sortedNames(session, place)
    if (!names.some((name) => isOwn(name, place))) throw error
  }
}

/** Resolves when the znode is deleted, is already gone, or after a reconnect, which may have swallowed the event. */
async function changeOf(session: Session, path: string, signal: AbortSignal): Promise<void> {
  let wake: () => void = () => {}
  const woken = new Promise<void>((resolve) => {
    wake = resolve
  })
  const forget = session.onConnection(wake)
  signal.addEventListener('abort', wake)
  const watch = await session
    .addWatch(path, 'persistent', (event) => {
      if (event.type === 'deleted') wake()
    })
    .catch((error: unknown) => {
      forget()
      signal.removeEventListener('abort', wake)
      throw error
    })
  try {
    if ((await session.exists(path)) !== null) await woken
  } finally {
    forget()
    signal.removeEventListener('abort', wake)
    await watch.remove()
  }
}
