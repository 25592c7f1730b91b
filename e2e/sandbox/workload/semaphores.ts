import type { Session } from '@/lib/zookeeper/session'
import { curatorMutex, hexId, kazooLock } from './places'
import { queueFor } from './queue-for'
import type { Random } from './random'
import { removeOwn } from './remove-own'
import { type Activity, pause } from './worker'

export const RENDERERS = '/semaphores/renderers'
export const RENDERERS_PERMITS = 4
export const DOWNLOADS = '/semaphores/downloads'
export const DOWNLOADS_PERMITS = 3

/**
 * Takes a permit, works and gives it back, as with Curator's InterProcessSemaphoreV2: the lock under "locks" lets one at
 * a time make a lease under "leases", and is released once there are not more leases than permits.
 */
export function curatorPermit(random: Random, host: string): Activity {
  return async (session, signal) => {
    const prefix = `_c_${random.uuid()}-`
    const leases = `${RENDERERS}/leases`
    try {
      await queueFor(session, curatorMutex(random, `${RENDERERS}/locks`, host), signal, async () => {
        await session.create(`${leases}/${prefix}lease-`, Buffer.from(host), { mode: 'ephemeral-sequential' })
        await fewChildren(session, leases, RENDERERS_PERMITS, signal)
      })
      await pause(random.between(1_000, 3_500), signal)
    } finally {
      await removeOwn(session, signal, async () => {
        const own = (await session.getChildren(leases)).names.find((name) => name.startsWith(prefix))
        return own === undefined ? null : `${leases}/${own}`
      })
    }
    await pause(random.between(0, 800), signal)
  }
}

/**
 * The same with kazoo's Semaphore: who comes first in the lock beside it waits until there are fewer children than the
 * data of the znode allows, and then makes one.
 */
export function kazooPermit(random: Random, identifier: string): Activity {
  return async (session, signal) => {
    const path = `${DOWNLOADS}/${hexId(random)}`
    try {
      // The lock's data is the identifier as Python prints bytes: str(bytes), kazoo/recipe/lock.py.
      const place = kazooLock(random, `${DOWNLOADS}-__lock__`, `b'${identifier}'`)
      await queueFor(session, place, signal, async () => {
        await fewChildren(session, DOWNLOADS, DOWNLOADS_PERMITS - 1, signal)
        if (!signal.aborted) await session.create(path, Buffer.from(identifier), { mode: 'ephemeral' })
      })
      await pause(random.between(1_000, 3_500), signal)
    } finally {
      await removeOwn(session, signal, async () => path)
    }
    await pause(random.between(0, 800), signal)
  }
}

/** Resolves when a directory has at most so many children, watching its list as the libraries do; or on abort. */
async function fewChildren(session: Session, path: string, most: number, signal: AbortSignal): Promise<void> {
  let wake: () => void = () => {}
  const forgetEvents = session.oneShot.onEvent((event) => {
    if (event.path === path) wake()
  })
  // A new connection may have swallowed the event.
  const forgetConnections = session.onConnection(() => wake())
  const aborted = () => wake()
  signal.addEventListener('abort', aborted)
  try {
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve
      })
      const { names } = await session.oneShot.getChildren(path)
      if (names.length <= most) return
      await woken
    }
  } finally {
    forgetEvents()
    forgetConnections()
    signal.removeEventListener('abort', aborted)
  }
}
