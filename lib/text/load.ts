import type { HeldSession, Limitation, Liveness, RolledBack, Traffic } from '@/lib/live/protocol'
import { formatInteger as count, formatBytes } from '@/lib/znode/bytes'
import { serverIdOf } from '@/lib/znode/session-id'
import { fromHex } from '@/lib/znode/stat'
import { formatDuration } from '@/lib/znode/times'
import { zxidInWords } from './znode-words'

/** The sentences about what Zoolens costs an ensemble, and about how current it can keep what is shown. */

const plural = (n: number, one: string, many: string) => `${count(n)} ${n === 1 ? one : many}`

export const LOAD_WORDS = (cluster: string) =>
  `What Zoolens costs ${cluster}, for all browsers together. Looking at it here asks the ensemble nothing.`
export const LOAD_UNKNOWN = 'Nothing is known yet: the connection is being opened.'
export const LOAD_OLD = (age: string) => `Zoolens is not answering. These figures are ${age} old.`

export const BUDGET_TITLE = 'Now'
export const BUDGET_NAMES = { sessions: 'Sessions', watches: 'Watches', inFlight: 'Requests in flight' } as const
export const OF_AT_MOST = (value: number, most: number) => `${count(value)} of at most ${count(most)}`
export const QUEUED = 'Requests waiting'
export const QUEUED_WORDS = (n: number) => (n === 0 ? 'none' : `${count(n)}, sent as answers come in`)

export const TRAFFIC_TITLE = 'Traffic'
export const TRAFFIC_COLUMNS = { perSecond: 'a second', total: 'since the start' } as const
export const TRAFFIC_NAMES: Readonly<Record<keyof Traffic, string>> = {
  requests: 'Requests',
  notifications: 'Notifications',
  bytesIn: 'Bytes in',
  bytesOut: 'Bytes out',
}
export const TRAFFIC_VALUE = (what: keyof Traffic, value: number) =>
  what === 'bytesIn' || what === 'bytesOut'
    ? formatBytes(Math.round(value))
    : Number.isInteger(value)
      ? count(value)
      : value.toFixed(1)

export const SESSION_TITLE: Readonly<Record<HeldSession['role'], string>> = {
  live: 'Session for watches and short reads',
  bulk: 'Session for long lists',
}
export const NO_BULK = 'Not open. Made when a list is too long for the other session, so that it delays no event.'
export const SESSION_FACTS = {
  state: 'State',
  id: 'Session id',
  server: 'Server',
  version: 'ZooKeeper',
  timeout: 'Time-out',
  age: 'Age',
  heard: 'Last heard',
  zxid: 'Last zxid',
  holds: 'Holds',
  reconnects: 'Reconnects',
} as const
export const COPY_SESSION_ID = 'Copy session id'
export const STATE = ({ connected, nextAttemptMs }: HeldSession) => {
  if (connected) return 'connected'
  if (nextAttemptMs === null) return 'connecting now'
  return nextAttemptMs < 1000 ? 'next attempt in less than 1 s' : `next attempt in ${formatDuration(nextAttemptMs)}`
}
export const OPENED_AT = (sessionId: string) => `opened at server ${serverIdOf(fromHex(sessionId))}`
export const NO_ID = 'none yet'
export const VERSION = (version: string | null) => version ?? 'the server does not say'
export const LACKS = (lacks: HeldSession['lacks']) =>
  `without ${lacks.map(({ feature, since }) => `${FEATURES[feature] ?? feature} (${since})`).join(', ')}`
export const TIMEOUT = (ms: number) => `${count(ms / 1000)} s, negotiated`
export const SESSION_AGE = (ageMs: number | null) => (ageMs === null ? 'not made yet' : formatDuration(ageMs))
export const HEARD = (agoMs: number | null) => (agoMs === null ? 'never' : `${formatDuration(agoMs)} ago`)
export const LAST_ZXID = (zxid: string) => (zxid === '0x0' ? 'none yet' : zxidInWords(fromHex(zxid)))
export const HOLDS = ({ watches, inFlight, queued }: HeldSession) =>
  `${plural(watches, 'watch', 'watches')}, ${count(inFlight)} in flight, ${count(queued)} waiting`
export const RECONNECTS = (n: number) => (n === 0 ? 'none' : count(n))

/** What a server may lack, in ZooKeeper's own words. */
const FEATURES: Readonly<Record<string, string>> = {
  create2: 'create2',
  containers: 'container znodes',
  ttl: 'TTL znodes',
  addWatch: 'persistent and recursive watches',
  multiRead: 'multiRead',
  getEphemerals: 'getEphemerals',
  whoAmI: 'whoAmI',
  watcherTypes: 'removing persistent watches alone',
  eventZxid: 'zxids in notifications',
}

export const WATCHING_TITLE = 'How changes reach Zoolens'
export const WATCHING: Readonly<Record<Liveness, string>> = {
  'every change':
    'One recursive watch on the root tells of every change. It is one entry in the server’s table, however much is open.',
  'shown only':
    'One-shot watches on what is open, set again after each change. Closed folders do not light up when something below them changes.',
  'polled in part':
    'One-shot watches on what is open, as many as the budget allows; all of it is read again in turns besides, a thousand rows in ten seconds. Closed folders do not light up.',
}
export const LIMITATION = (limitation: Limitation, version: string | null): string => {
  switch (limitation) {
    case 'old server':
      return `ZooKeeper ${version ?? 'before 3.6'} has no recursive watches; 3.6 brought them.`
    case 'watch manager':
      return 'The server refuses recursive watches: it runs with zookeeper.watchManagerName=WatchManagerOptimized.'
    case 'wrong paths':
      return 'The recursive watches of this server name the wrong znode, as those of ClickHouse Keeper do.'
  }
}

export const LESS_LIVE_TITLE = 'Only what is open is live.'
export const LESS_LIVE = (liveness: Liveness) =>
  liveness === 'polled in part'
    ? 'Closed folders do not light up when something below them changes, and part of what is open is only read again in turns, a thousand rows in ten seconds.'
    : 'Closed folders do not light up when something below them changes.'

export const UNWATCHED_TITLE = 'More is open than is kept live.'
export const UNWATCHED = (n: number) =>
  `${plural(n, 'folder or znode', 'folders and znodes')} of this browser, those opened longest ago, no longer ${n === 1 ? 'shows' : 'show'} changes. Close what you do not need, then close and open again what should be live.`

export const ROLLED_BACK_TITLE = 'The ensemble went back in time.'
export const ROLLED_BACK = ({ from, to, path }: RolledBack, time: string) => {
  const [was, is] = [`${from} (${zxidInWords(fromHex(from))})`, `${to} (${zxidInWords(fromHex(to))})`]
  const found =
    path === undefined
      ? `it was found at zxid ${is}, after it had been at ${was}`
      : `${path} was found as zxid ${is} had left it, after it had been seen as of ${was}`
  return `At ${time} ${found}: the ensemble was most likely restored from an older snapshot, and the changes since then are gone. What was shown has been dropped and read anew. An edit begun before is based on data that no longer exists: it is not saved over what is there now.`
}
