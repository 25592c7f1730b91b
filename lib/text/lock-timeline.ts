import { formatInteger } from '@/lib/znode/bytes'

/** The words of the time line of one lock. */

const plural = (value: number, one: string, many: string) => `${formatInteger(value)} ${value === 1 ? one : many}`

export const TIMELINE_TITLE = { '20s': 'Last 20 seconds', '5m': 'Last 5 minutes', all: 'All kept' } as const
export const TIMELINE_CHOICES = { '20s': '20 s', '5m': '5 min', all: 'All kept' } as const
export const TIMELINE_LABEL = 'Turns on this lock'
export const TIMELINE_WORDS = 'who held, who waited'
export const SPAN_OF_TIME = 'How far back'
export const NO_TURNS = 'Nothing was seen here in this time.'
export const NOT_SEEN = 'not seen'
export const LANES_NOT_DRAWN = (count: number) => `${plural(count, 'other session', 'other sessions')} not drawn`
export const TURN_WORDS = (
  turn: string,
  owner: string,
  parts: { readonly held: string | null; readonly waited: string | null; readonly ended: string },
) => [`${turn} of ${owner}`, parts.waited, parts.held, parts.ended].filter((part) => part !== null).join(' · ')
export const TURN_HELD = (span: string, over: boolean) => (over ? `held ${span}` : `has held ${span}`)
export const TURN_WAITED = (span: string, over: boolean) => (over ? `waited ${span}` : `has waited ${span}`)
export const TURN_WAITED_LONGER = 'waited since before we looked'
export const TURN_NEVER_HELD = 'left without being seen to hold'
export const TURN_ENDED = (ago: string) => `ended ${ago} ago`
export const TURN_GOES_ON = 'goes on'
export const PERCENTILES = { held: 'Held', waited: 'Waited' } as const
export const PERCENTILE_COLUMNS = { p50: 'median', p95: 'p95', longest: 'longest', samples: 'seen' } as const
export const KEYS_HINT = '← → go through the turns'

export const TURN_HELD_BEFORE = 'held since before we looked'
