import { formatInteger } from '@/lib/znode/bytes'
import { APP_NAME } from './shell'

/** The sentences of the page of sessions. */

const plural = (value: number, one: string, many: string) => `${formatInteger(value)} ${value === 1 ? one : many}`

export const SESSIONS = 'Sessions'
export const SESSIONS_TITLE = (clusterName: string) => `${SESSIONS} · ${clusterName} · ${APP_NAME}`
export const SESSION_TITLE = (session: string, clusterName: string) => `${session} · ${clusterName} · ${APP_NAME}`
export const SKIP_TO_SESSIONS = 'Skip to the sessions'
export const SESSION_PANE = 'Session'
export const FILTER_SESSIONS = 'Filter by session, client, server or path'
export const SORT = 'Sort'
export const READING = 'Reading…'
export const READ_AGAIN = 'Read again'
export const STALE = 'The list could not be read again; what is shown is old.'
export const COUNT = (shown: number, all: number, cut: boolean) => {
  const total = cut ? `the ${formatInteger(all)} with most at stake` : plural(all, 'session', 'sessions')
  return shown === all ? total : `${formatInteger(shown)} of ${total}`
}
export const NO_MATCH = 'No session matches the filter.'
export const NONE_TITLE = 'No session is known'
export const NONE_WORDS =
  'ZooKeeper tells clients nothing about the sessions of others. Servers do, by four-letter words or their AdminServer, where that is allowed:'
export const TABLE_LABEL = 'Sessions'
export const COLUMNS = {
  session: 'Session',
  client: 'Client',
  server: 'Server',
  connected: 'Connected',
  timeout: 'Time-out',
  operation: 'Last op',
  ephemerals: 'Ephemerals',
  watches: 'Watches',
  holds: 'Holds',
  waits: 'Waits for',
} as const
export const SORTS = {
  stake: 'Most at stake first',
  ephemerals: 'Most ephemerals first',
  watches: 'Most watches first',
  holds: 'Most locks held first',
  waits: 'Most waited for first',
  connected: 'Oldest connection first',
  timeout: 'Longest time-out first',
  session: 'By session',
  client: 'By client',
  server: 'By server',
  operation: 'By last operation',
} as const
export const NOT_TOLD = 'not told'
export const OWN = 'Zoolens'
export const OWN_WORDS = 'One of Zoolens’s own sessions.'
export const NOT_CONNECTED = 'not connected'
export const ENDS_WITHIN = (seconds: number) => `not connected · ends within ${formatInteger(seconds)} s`
export const NOT_CONNECTED_WORDS =
  'No server has a connection of this session. Unless its client comes back, the ensemble ends it when its time-out has passed.'
export const SECONDS = (ms: number) => `${formatInteger(Math.round(ms / 1000))} s`
export const FOR = (span: string) => `for ${span}`

// One session
export const CLOSE_DETAIL = 'Close'
export const COPY_SESSION = 'Copy session id'
export const FACTS = {
  client: 'Client',
  server: 'Connected to',
  createdBy: 'Opened at',
  connected: 'Connected',
  timeout: 'Time-out',
  operation: 'Last operation',
  watches: 'Data watches',
} as const
export const SERVER_ID = (id: number) => `server ${id}, by the top byte of its id`
export const WATCHES_TOLD = (count: number | null) =>
  count === null ? NOT_TOLD : `${formatInteger(count)}; servers tell no watches on lists of children`
export const UNKNOWN_SESSION = (session: string) => `Session ${session} is not known`
export const UNKNOWN_SESSION_WORDS =
  'It has ended, or it owns nothing that is known and no server that was asked has its connection.'
export const BAD_SESSION = 'This is no session id: it is "0x" and up to 16 hexadecimal digits.'

// What would vanish
export const VANISH_TITLE = 'If this client died'
export const VANISH_WHEN = (timeoutMs: number | null) =>
  timeoutMs === null
    ? 'The ensemble ends its session one time-out after it last heard of it, and what the session owns goes with it. If the client closes the session itself, at once.'
    : `The ensemble ends its session ${SECONDS(timeoutMs)} after it last heard of it, and what the session owns goes with it. If the client closes the session itself, at once.`
export const VANISH_NOTHING = 'Nothing: it owns no ephemeral znode.'
export const VANISH_NOTHING_KNOWN =
  'Nothing that is known. No server lists the ephemerals, so that only those of locks that were found are known.'
export const EPHEMERALS = (count: number) =>
  plural(count, 'ephemeral znode would vanish', 'ephemeral znodes would vanish')
export const EPHEMERALS_PARTLY = 'Only those of locks that were found are known: no server lists all ephemerals.'
export const AND_MORE = (count: number) => `and ${formatInteger(count)} more`
export const PASSES_TITLE = (count: number) => plural(count, 'lock would pass on', 'locks would pass on')
export const PASSES_TO = 'to'
export const PASSES_NOBODY = 'nobody waits for it'
export const PASSES_SOMEBODY = 'whoever of those that watch the list of children comes first'
export const PASSES_UNKNOWN = 'who is next could not be read'
export const PASSES_READING = 'reading who is next…'
export const PASSES_NOT_READ = 'see the lock for who is next'
export const QUEUES_TITLE = (count: number) => plural(count, 'lock it waits for', 'locks it waits for')
export const QUEUES_WORDS = 'It would leave the queue; whoever waits behind it moves up.'

// What the servers let us see
export const EVIDENCE_TITLE = 'What is not told, and how to see it'
export const EVIDENCE_SHORT = (missing: number) =>
  `${plural(missing, 'answer is', 'answers are')} missing: what is “not told” may be there all the same.`

// The Stat tab
export const SHOW_SESSION = 'Show this session'
