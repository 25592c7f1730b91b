import { setTimeout as delay } from 'node:timers/promises'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { Session } from '@/lib/zookeeper/session'
import { ROOT } from './site'

const AT = `${ROOT}/s`
export const SENTINELS = `${AT}/`
/** Shown besides the site's own directories. */
export const SENTINEL_DIRECTORIES: readonly string[] = [AT, `${AT}/dir`]
export const SENTINEL_NODES: readonly string[] = [`${AT}/changed`, `${AT}/remade`, `${AT}/deleted`]

/** Znodes that nobody touches but {@link changeSentinels}, so that they tell by themselves when the view is right again. */
export async function prepareSentinels(session: Session): Promise<void> {
  await session.create(AT, null)
  for (const name of ['changed', 'deleted', 'remade', 'kept']) await session.create(`${AT}/${name}`, Buffer.from('1'))
  await makeDirectory(session, ['a', 'b'])
}

/**
 * Every way in which a znode can change; all that can be equal before and after is equal. It goes on until it is done,
 * whatever happens to the servers. Resolves with the time of the last change.
 */
export async function changeSentinels(session: Session): Promise<number> {
  await once(() => session.setData(`${AT}/changed`, Buffer.from('2'), 0))
  await once(() => session.delete(`${AT}/deleted`, 0))
  await once(() => session.delete(`${AT}/remade`, 0))
  await once(() => session.create(`${AT}/remade`, Buffer.from('1')))
  await once(() => session.create(`${AT}/ghost`, null))
  await once(() => session.delete(`${AT}/ghost`, 0))
  await once(() => session.create(`${AT}/born`, null))
  // Two creates give the same cversion as before: 2.
  for (const name of ['a', 'b']) await once(() => session.delete(`${AT}/dir/${name}`, 0))
  await once(() => session.delete(`${AT}/dir`, 0))
  await makeDirectory(session, ['a', 'c'])
  return Date.now()
}

/** What must have been told of it: path -> kind. Nothing at all may be told of the ghost. */
export const SENTINEL_KINDS: Readonly<Record<string, string>> = {
  [`${AT}/changed`]: 'changed',
  [`${AT}/deleted`]: 'deleted',
  [`${AT}/remade`]: 'recreated',
  [`${AT}/born`]: 'created',
  [`${AT}/dir`]: 'recreated',
  [`${AT}/dir/a`]: 'recreated',
  [`${AT}/dir/b`]: 'deleted',
  [`${AT}/dir/c`]: 'created',
}

async function makeDirectory(session: Session, names: readonly string[]): Promise<void> {
  await once(() => session.create(`${AT}/dir`, null))
  for (const name of names) await once(() => session.create(`${AT}/dir/${name}`, null))
}

/** Nobody else writes here, so these can only say that a try whose answer was lost had been applied. */
const DONE_BEFORE: ReadonlySet<string> = new Set(['NoNode', 'NodeExists', 'BadVersion'])

async function once(change: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; attempt < 100; attempt++) {
    try {
      await change()
      return
    } catch (error) {
      if (!isZooKeeperError(error)) throw error
      if (attempt > 1 && DONE_BEFORE.has(error.code)) return
      if (DONE_BEFORE.has(error.code)) throw error
      await delay(100)
    }
  }
  throw new Error('a sentinel could not be changed')
}
