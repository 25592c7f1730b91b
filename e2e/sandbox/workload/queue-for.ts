import type { Session } from '@/lib/zookeeper/session'
import { removeOwn } from './remove-own'

/** A place in a queue of contenders, as Curator's LockInternals and LeaderLatch make one. */
export interface Place {
  /** The directory that all contenders share. */
  readonly directory: string
  /** "lock-" for a lock, "latch-" for a leader election. */
  readonly lockName: string
  /** Names the znode, so that it is found again when the reply to its create was lost: Curator's protection. */
  readonly uuid: string
  readonly data: Buffer
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
      const predecessor = names[index - 1]
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

function isOwn(name: string, { uuid }: Place): boolean {
  return name.startsWith(`_c_${uuid}-`)
}

/** By the sequence number, which follows the lock's name: the uuid before it means nothing. */
async function sortedNames(session: Session, { directory, lockName }: Place): Promise<string[]> {
  const key = (name: string) => name.slice(name.lastIndexOf(lockName) + lockName.length)
  const { names } = await session.getChildren(directory)
  return names.sort((left, right) => (key(left) < key(right) ? -1 : 1))
}

async function enter(session: Session, place: Place): Promise<void> {
  try {
    const path = `${place.directory}/_c_${place.uuid}-${place.lockName}`
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
