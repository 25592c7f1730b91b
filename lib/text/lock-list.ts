import type { LockSearch, LockSummary } from '@/lib/queries/lock-responses'
import { formatInteger } from '@/lib/znode/bytes'

/** The words of the list of all locks. */

const plural = (value: number, one: string, many: string) => `${formatInteger(value)} ${value === 1 ? one : many}`

export const LIST_LABEL = 'All locks'
export const FILTER_LOCKS = 'Filter locks'
export const FOUND = (count: number) => `${formatInteger(count)} found · by contention`
export const MATCHING = (shown: number, all: number) => `${formatInteger(shown)} of ${formatInteger(all)}`
export const NO_MATCH = 'No lock’s path or library has this in it.'
export const ORDER_CHANGED = 'Order changed · sort again'
export const PIN = (path: string) => `Pin ${path} to the top`
export const UNPIN = (path: string) => `Unpin ${path}`
const PINNED = 'pinned'
export const GONE_ROW = 'gone'
export const WORKING = {
  searching: (search: LockSearch) =>
    search.by === 'dump'
      ? 'Asking a server for every ephemeral znode…'
      : `Searching: ${formatInteger(search.looked)} znodes looked at, ${formatInteger(search.left)} known to be left`,
  finished: (search: LockSearch) =>
    search.by === 'dump'
      ? 'Found from one server’s list of all ephemerals'
      : `${plural(search.looked, 'znode', 'znodes')} looked at`,
  stopped: (search: LockSearch) =>
    `Stopped after ${plural(search.looked, 'znode', 'znodes')}; ${formatInteger(search.left)} known to be left`,
  failed: (search: LockSearch) => `The search broke off after ${plural(search.looked, 'znode', 'znodes')}`,
} as const
export const CUT = 'More was found than is kept: this list is not complete.'
export const STOP_SEARCH = 'Stop'
export const START_SEARCH = 'Search again'
export const NOT_SEARCHED = 'The list of locks could not be read.'
export const NONE_FOUND = 'No lock was found.'
export const NONE_YET = 'No lock found so far.'
export const LOOKED_AT = (search: LockSearch) =>
  search.by === 'dump'
    ? 'Looked at the folder of every ephemeral znode that a server listed. Locks made of persistent znodes, and folders that are empty now, are not in that list.'
    : `Looked at ${plural(search.looked, 'znode', 'znodes')}, one by one, wherever the configured credentials may read.`
export const COULD_NOT_SEE = (search: LockSearch) =>
  search.by === 'dump'
    ? 'A lock whose path you know can be opened with “Go to path” in Browse.'
    : 'Znodes without READ permission were passed over. With “dump” in 4lw.commands.whitelist, or the AdminServer (admin.enableServer=true), one request lists every ephemeral and nothing is missed.'

/** What stands at the end of a row. */
export const WAIT_BADGE = (waiting: number) => `${formatInteger(waiting)} wait`
export const NO_HOLDER_BADGE = 'no holder'
export const DEADLOCK_BADGE = 'deadlock?'
export const DANGER_BADGE = 'trouble'
export const WARNING_BADGE = 'look'
export const OF_PERMITS = (holding: number, permits: number | null) =>
  permits === null ? `${formatInteger(holding)} hold` : `${formatInteger(holding)} of ${formatInteger(permits)}`
export const TAKING_PART = (holding: number, waiting: number) =>
  waiting === 0
    ? holding === 1
      ? 'held'
      : `${formatInteger(holding)} hold`
    : `${formatInteger(holding)} + ${formatInteger(waiting)}`
export const FREE = 'free'
export const MEMBERS = (count: number) => plural(count, 'member', 'members')
export const ITEMS = (count: number) => plural(count, 'item', 'items')

/** What a screen reader hears after the path. */
export const ROW_WORDS = (lock: LockSummary, kind: string, pinned: boolean) =>
  [
    kind,
    lock.holding > 0 || lock.present === 0 ? plural(lock.holding, 'holds', 'hold') : '',
    lock.present > 0 ? `${formatInteger(lock.present)} present` : '',
    lock.waiting > 0 ? plural(lock.waiting, 'waits', 'wait') : '',
    lock.findings.length > 0 ? plural(lock.findings.length, 'finding', 'findings') : '',
    pinned ? PINNED : '',
  ]
    .filter((part) => part !== '')
    .join(', ')
