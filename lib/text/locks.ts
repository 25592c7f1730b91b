import { CHILDREN, type Edge } from '@/lib/recipes/recipe'
import { formatInteger } from '@/lib/znode/bytes'
import { formatDuration } from '@/lib/znode/times'
import { APP_NAME } from './shell'

/** The sentences of the page of locks. Those of findings, of kinds and of what cannot be known stand in files of their own. */

const plural = (value: number, one: string, many: string) => `${formatInteger(value)} ${value === 1 ? one : many}`

/** A length of time that is measured and not told: "0.41 s", "10.8 s", "3 min 20 s", "2 h". */
export function SPAN(ms: number): string {
  const seconds = Math.max(0, ms) / 1000
  if (seconds < 1) return `${seconds.toFixed(2)} s`
  if (seconds < 60) return `${(Math.floor(seconds * 10) / 10).toFixed(1)} s`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`
  return formatDuration(ms)
}

// The page
export const LOCKS = 'Locks'
export const LOCK_PANE = 'Lock'
export const ALL_LOCKS = 'All locks'
export const LOCKS_TITLE = (clusterName: string) => `${LOCKS} · ${clusterName} · ${APP_NAME}`
export const SKIP_TO_LIST = 'Skip to the list of locks'
export const CHOOSE = 'Choose a lock on the left to see who holds it and who waits for whom.'
export const OPEN_IN_BROWSE = 'Open in Browse'
export const READ_AGAIN = 'Read again'
export const READING = 'Reading…'
export const COPY_PATH = 'Copy path'

// Above the picture
export const OR_ELSE = (names: readonly string[]) => `the layout alone cannot tell it from ${either(names)}`
const either = (names: readonly string[]) =>
  names.length === 1 ? article(names[0] ?? '') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
const article = (name: string) => `${/^[AEIOU]/i.test(name) ? 'an' : 'a'} ${name}`

export const HOLDS_FIGURE = (holding: number) => (holding === 1 ? 'holds' : 'hold')
export const WAIT_FIGURE = (waiting: number) => (waiting === 1 ? 'waits' : 'wait')
export const HELD_FIGURE = (samples: number) =>
  samples === 0 ? 'held, none seen yet' : `held, median of ${formatInteger(samples)}`
export const WAITED_FIGURE = (samples: number) => (samples === 0 ? 'waited, none seen yet' : 'waited, p95')
export const HAND_OFFS_FIGURE = 'hand-offs'
export const CREATES_FIGURE = 'znodes made'
export const PER_MINUTE = (rate: number) =>
  `${rate > 0 && rate < 10 ? rate.toFixed(1).replace(/\.0$/, '') : formatInteger(Math.round(rate))} / min`
export const NEXT_FIGURE = 'next number'
export const UNKNOWN_FIGURE = '–'
export const PERMITS_FIGURE = 'may hold'

// The picture
export const PICTURE_LABEL = 'Who holds, and who waits, in order'
export const EXCLUSIVE = 'Exclusive'
export const SHARED = 'Shared'
export const NOBODY_HOLDS = 'Nobody holds it'
export const MORE = (count: number) => `and ${formatInteger(count)} more`
export const MORE_LABEL = (count: number) => `${formatInteger(count)} more: show them in the table`
export const FREE_SLOT = 'free'
export const PERMITS = (holding: number, permits: number | null) =>
  permits === null
    ? `${plural(holding, 'permit', 'permits')} taken; how many there are only the clients know`
    : `${formatInteger(holding)} of ${plural(permits, 'permit', 'permits')} taken`
export const SLOTS_NOT_DRAWN = (count: number) => `${formatInteger(count)} more permits not drawn`

export const HOLDS_FOR = (holds: string, span: string) => `${holds} for ${span}, seen`
export const HELD_BEFORE = (holds: string) => `${holds} since before we looked`
export const QUEUED_FOR = (span: string) => `znode ${span} old`
export const WAITS_ON = (on: string) => `on ${on}`
export const WAITS_FOR_TIME = (span: string) => `waits ${span}`
export const WAITS = 'waits'
export const PRESENT = 'takes part'
export const NOT_CONNECTED = 'not connected'
export const ENDS_WITHIN = (span: string) => `not connected · ≤ ${span}`
export const ENDS_WITHIN_WORDS =
  'No server has a connection of its session; the ensemble ends it within this time unless it comes back.'
export const CLAIMS = (what: string) => `claims ${what}`
export const NO_SESSION = 'persistent: no session'
export const SESSION = (id: string) => `session ${id}`
export const THE_ZNODE = 'the znode itself'
export const REVOCABLE = 'revocable'
export const CLIENT_AND_SERVER = (client: string, server: string | null) =>
  server === null ? client : `${client} · ${server}`

export const EDGE_TARGET = (on: string, short: string) => (on === CHILDREN ? 'the list' : short)
export const PROOF: Readonly<Record<Edge['proof'], string>> = {
  confirmed: 'watch seen',
  unknown: 'assumed by the library’s rule',
  contradicted: 'contradicted',
}
export const PROOF_MARK: Readonly<Record<Edge['proof'], string>> = { confirmed: '✓', unknown: '?', contradicted: '✕' }
export const CONTRADICTED = (watches: string | null) =>
  watches === null ? 'contradicted: its session watches another znode' : `contradicted: its session watches ${watches}`
export const LEGEND = 'What the arrows mean'

// The view: picture or table
export const VIEWS = { picture: 'Picture', table: 'Table' } as const
export const VIEW_LABEL = 'How to show it'
export const TABLE_LABEL = 'Everyone who takes part, in order'
export const COLUMNS = {
  place: '#',
  znode: 'Znode',
  session: 'Session',
  client: 'Client',
  server: 'Server',
  waitsOn: 'Waits on',
  queued: 'In queue',
  held: 'Held',
} as const
export const HOLDS_PLACE = 'holds'
export const NOBODY_TO_WAIT_FOR = 'nobody'
export const NOT_TOLD = 'not told'
export const BEFORE_WE_LOOKED = 'since before we looked'
export const NOT_LOADED = '…'

// Findings, and what cannot be known
export const FINDINGS_TITLE = 'Findings'
export const CERTAINTY = { certain: 'certain', likely: 'likely', possible: 'possible' } as const
export const SEVERITY = { danger: 'Danger', warning: 'Warning', note: 'Note' } as const
export const ABOUT = 'About'
export const SUBJECTS_MORE = (count: number) => `and ${formatInteger(count)} more`
export const WHAT_TO_DO = 'What to do'
export const DEADLOCK_TITLE = 'A circle of sessions that wait for each other'
export const DEADLOCK_CARE =
  'Possible: the threads of a client cannot be seen. If one client works on these locks in different threads, they may still come apart.'
export const DEADLOCK_STEP = (session: string, holds: string, waitsFor: string) =>
  `${session} holds ${holds} and waits for ${waitsFor}`
export const HOLDS_EDGE = 'held by'
export const WAITS_EDGE = 'waits for'
export const FOREIGN_TITLE = 'Other znodes in this directory'
export const FOREIGN_EFFECT = {
  blocks: 'stands in the order: blocks those behind it',
  breaks: 'makes this library’s clients fail',
  ignored: 'ignored by this library',
} as const
export const UNKNOWABLE_TITLE = 'What nobody can know here'
export const EVIDENCE_TITLE = 'What the servers tell'
export const AS_OF = (ago: string) => `The oldest of these answers is ${ago} old.`
export const HOW_TITLE = 'How it works'
export const PAYLOAD_TITLE = 'What its data says'

// States
export const GONE_TITLE = 'This directory was deleted.'
export const GONE_WORDS =
  'What you see is the last that was read. Libraries delete an empty lock directory and make it again when somebody wants the lock.'
export const NO_LOCK_TITLE = 'Nothing coordinates here.'
export const NO_LOCK_WORDS =
  'No library that Zoolens knows would use these znodes as a lock, a queue or a group. It may still be one of your own: tell by its children.'
export const STALE_TITLE = 'Not current.'
export const STALE_WORDS = 'It cannot be read right now. What you see is the last state that was read.'
export const RUN_OF_READERS = (count: number, hold: boolean) =>
  `${formatInteger(count)} ${hold ? 'hold together' : 'wait together'}`
export const PERMITS_LABEL = 'Permits'
export const WAITING_LABEL = 'Waiting for a permit, in order'
export const MENU_COLUMN = 'What can be done'
export const HOLDS_WORD = 'holds'
export const WAITS_WORD = 'and waits for'

export const WATCHES = 'watches'
export const USUALLY_WRONG = 'What goes wrong'
export const LIST_CAPTION = 'list'
