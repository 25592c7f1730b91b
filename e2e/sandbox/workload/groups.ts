import { hexId } from './places'
import type { Random } from './random'
import { removeOwn } from './remove-own'
import { type Activity, pause } from './worker'

export const PARTY = '/groups/indexers'
export const NIGHTLY_REPORT = '/shedlock/nightly-report'

/** Takes part for a while, as a program with kazoo's Party. */
export function partyMember(random: Random, identifier: string): Activity {
  return async (session, signal) => {
    const path = `${PARTY}/${hexId(random)}__party__`
    try {
      await session.create(path, Buffer.from(identifier), { mode: 'ephemeral' })
      await pause(random.between(15_000, 60_000), signal)
    } finally {
      await removeOwn(session, signal, async () => path)
    }
    await pause(random.between(2_000, 8_000), signal)
  }
}

/** Runs a scheduled job under ShedLock: the data of the znode says until when it is locked, and the znode stays. */
export function scheduledJob(random: Random): Activity {
  return async (session, signal) => {
    await pause(random.between(3_000, 9_000), signal)
    if (signal.aborted) return
    const { data, stat } = await session.getData(NIGHTLY_REPORT)
    const until = Date.parse(data?.toString('utf8') ?? '')
    if (until > Date.now()) return
    const locked = await session.setData(NIGHTLY_REPORT, instant(Date.now() + 30_000), stat.version)
    await pause(random.between(2_000, 6_000), signal)
    // Its unlock writes the time of the unlock; one that was lost ends by itself.
    if (!signal.aborted) await session.setData(NIGHTLY_REPORT, instant(Date.now()), locked.version)
  }
}

/** ISO 8601 with milliseconds. Source: ShedLock, ZookeeperCuratorLockProvider.serialize. */
function instant(ms: number): Buffer {
  return Buffer.from(new Date(ms).toISOString())
}
