import type { ConnectionStatus } from '@/lib/live/protocol'
import { nameOf } from '@/lib/znode/path'
import { formatDuration } from '@/lib/znode/times'

export const APP_NAME = 'Zoolens'
/** Of the browser's tab: the znode first, for a tab shows little. */
export const PAGE_TITLE = (path: string, clusterName: string) => `${nameOf(path)} · ${clusterName} · ${APP_NAME}`
export const CHOOSE_CLUSTER = 'Choose an ensemble'
export const CLUSTERS = 'Ensembles'
export const OPEN_CLUSTER = (name: string) => `Open ${name}`
export const SWITCH_CLUSTER = (name: string) => `Ensemble ${name}: switch`
export const READ_ONLY_BADGE = 'read-only'
export const READ_ONLY_REASON = {
  everywhere: 'Zoolens was started read-only (ZOOLENS_READ_ONLY): nothing can be written anywhere.',
  cluster: 'This ensemble is configured read-only: nothing can be written to it from here.',
} as const

export const PAGES_LABEL = 'Pages'
export const PAGE_NAMES = { browse: 'Browse', locks: 'Locks', sessions: 'Sessions' } as const

export const THEME = 'Theme'
export const THEMES = { system: 'Like the system', light: 'Light', dark: 'Dark' } as const

export const GO_TO = 'Go to path'
export const GO_TO_PLACEHOLDER = 'Go to path'
export const GO_TO_STATUS = (shown: number, total: number) =>
  shown === 0 ? 'No child starts with this.' : `${shown} of ${total.toLocaleString('en')} children shown`

export const TREE_PANE = 'Tree'
export const NODE_PANE = 'Znode'
export const RESIZE = 'Resize the tree'
export const SKIP_TO_TREE = 'Skip to the tree'

export const HELP = 'Keyboard'
export const HELP_TITLE = 'Keyboard'
export const SHORTCUTS: readonly { readonly keys: string; readonly what: string }[] = [
  { keys: '↑ ↓', what: 'Previous and next row' },
  { keys: '→ ←', what: 'Open the folder, go to its first child; close it, go to its parent' },
  { keys: 'Enter', what: 'Show the znode' },
  { keys: 'Home End PgUp PgDn', what: 'First, last row; one page up or down' },
  { keys: '*', what: 'Open all folders beside this one' },
  { keys: 'a b c', what: 'Jump to the next row that starts with what you type' },
  { keys: '/', what: 'Filter the children of this folder' },
  { keys: 'Shift+F10', what: 'What can be done with this row' },
  { keys: 'N', what: 'Create a child' },
  { keys: 'Del', what: 'Delete the znode' },
  { keys: 'Ctrl+G or :', what: 'Go to a path' },
  { keys: 'G then B L S', what: 'Browse, Locks, Sessions; in the tree and in lists letters are names' },
  { keys: 'Ctrl+S', what: 'Review and save' },
  { keys: 'F6', what: 'Next pane' },
  { keys: 'Alt+← Alt+→', what: 'The znodes you visited' },
  { keys: '?', what: 'This list' },
]

export const STATUS_WORD: Readonly<Record<ConnectionStatus | 'stale' | 'offline' | 'syncing', string>> = {
  connecting: 'Connecting',
  connected: 'Live',
  'read-only': 'No quorum: read-only',
  reconnecting: 'Reconnecting',
  expired: 'Session expired',
  unreachable: 'Unreachable',
  'auth-failed': 'Credentials refused',
  stale: 'Stale',
  offline: 'Zoolens is not answering',
  syncing: 'Comparing',
}

/** What the banner says: what is the matter, and what it means for what is on the screen. */
export const BANNER: Readonly<
  Record<
    Exclude<ConnectionStatus, 'connected'> | 'stale' | 'offline',
    { title: string; text: (age: string | null) => string }
  >
> = {
  connecting: { title: 'Connecting.', text: () => 'The session with the ensemble is being opened.' },
  'read-only': {
    title: 'No quorum.',
    text: () =>
      'The server has lost its quorum and answers reads only; what it shows may be behind. Nothing can be written until a majority of the servers is up.',
  },
  reconnecting: {
    title: 'Reconnecting.',
    text: (age) =>
      `The link to the ensemble broke. What you see is ${ageOf(age)}; it is compared as soon as the link is back.`,
  },
  expired: {
    title: 'Session expired.',
    text: () =>
      'The ensemble ended the session of Zoolens, and its watches with it; nobody else’s session is meant. A new one is being opened and everything shown is read again.',
  },
  unreachable: {
    title: 'Unreachable.',
    text: (age) =>
      age === null
        ? 'Zoolens has no session with any server of the ensemble.'
        : `Zoolens has no session with any server of the ensemble. What you see is ${ageOf(age)}.`,
  },
  'auth-failed': {
    title: 'Credentials refused.',
    text: () => 'The ensemble did not accept the configured credentials. They are tried again every 30 seconds.',
  },
  stale: {
    title: 'Stale.',
    text: (age) => `Nothing has been heard from the ensemble for ${age ?? 'a while'}. What you see may be old.`,
  },
  offline: {
    title: 'Zoolens is not answering.',
    text: (age) => `The browser cannot reach the Zoolens server. What you see is ${ageOf(age)}.`,
  },
}

const ageOf = (age: string | null) => (age === null ? 'old' : `${age} old`)

/** "4 s", from milliseconds. */
export const AGE = (ms: number) => formatDuration(ms)

export const SERVER = (server: string | null) => server ?? 'no server'
export const SESSION = (id: string, timeoutMs: number) => `session ${id} · ${Math.round(timeoutMs / 1000)} s`
export const ENCRYPTED = 'TLS'
export const UNVERIFIED = 'TLS, server not verified'
export const UNVERIFIED_WORDS =
  'The settings say not to check the certificate of the servers: somebody in between could read and change everything.'
export const SERVER_VERSION = (version: string) => `ZooKeeper ${version}`
export const ZXID = (zxid: string) => `zxid ${zxid}`
export const LOAD = (sessions: number, watches: number, rate: number) =>
  `${sessions} ${sessions === 1 ? 'session' : 'sessions'} · ${watches} ${watches === 1 ? 'watch' : 'watches'} · ${rate} req/s`
export const LOAD_TITLE = 'The load we cause'
export const LESS_LIVE_SHORT = 'only what is open is live'
export const GAP = (age: string, directories: number) =>
  `The link was broken for ${age}. ${directories} ${directories === 1 ? 'folder was' : 'folders were'} read again and compared; changes in between are known only by their outcome.`
export const GAP_TITLE = 'Reconnected'

export const NOT_FOUND = 'There is nothing here'
export const NOT_FOUND_HINT =
  'No ensemble has this name, or the address is wrong. The ensembles are those that Zoolens was started with (ZOOLENS_CONNECT or ZOOLENS_CONFIG).'
export const TO_CLUSTERS = 'To the ensembles'
export const PAGE_FAILED = 'This page failed'
export const PAGE_FAILED_HINT = (digest: string | null) =>
  digest === null
    ? 'Something went wrong in the browser. Trying again is safe: nothing is written by it.'
    : `Something went wrong. The server's log has it under the digest ${digest}. Trying again is safe: nothing is written by it.`
export const TRY_AGAIN = 'Try again'

export const COPIED_PATH = 'Path copied'
export const COPIED_LINK = 'Link copied'
export const OPEN_ROOT = 'Open /'
export const IMPOSSIBLE_PATH = 'No znode can have this path'
