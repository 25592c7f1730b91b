import { shortTextOf } from './claims'
import { hitsOf } from './classify'
import type { Family } from './family'
import type { Finding } from './finding'
import type { SeenChild } from './layout'
import { contenderOf, pickPlaces } from './line-up'
import { makeRecipe } from './make-recipe'

const HOLDER = 'lease_holder'
const LONGEST = 4096

/**
 * kazoo's NonBlockingLease: a persistent znode says who holds it until when, and a Lock beside it is held for as long as
 * it takes to write that. Source: kazoo/recipe/lease.py.
 */
export const kazooLease: Family = {
  id: 'kazooLease',
  recognise(layout, _evidence, now) {
    const child = layout.children.find(({ name }) => name === HOLDER)
    if (child === undefined) return null
    const { places, foreign } = pickPlaces(layout.children, (attempt) => {
      const hit = hitsOf(layout).get(attempt.name)
      return hit?.rule === 'kazoo.lock' ? { child: attempt, sequence: hit.sequence, lane: null } : null
    })
    const lease = leaseOf(child)
    // Anybody may call a znode so: where it cannot be read, something else has to be kazoo's.
    if (lease === null && places.length === 0) return null
    const unreadable = lease === null && (child.data !== null || child.stat?.dataLength === 0)
    const holds = lease === null ? unreadable : now < lease.end
    const holder = contenderOf({ child, sequence: null, lane: null }, holds ? 'holds' : 'present')
    return makeRecipe('timed-lock', 'kazoo NonBlockingLease', {
      contenders: [
        { ...holder, claims: lease?.holder ?? null },
        ...places.map((place) => contenderOf(place, 'present')),
      ],
      foreign: foreign.filter(({ name }) => name !== HOLDER),
      permits: 1,
      findings: unreadable ? [LOCKED_FOR_EVER] : [],
      unknowable: ['owner', 'pollers'],
      payload:
        lease === null
          ? []
          : [
              ['holder', lease.holder],
              ['end', lease.text],
            ],
    })
  },
}

/** Whoever asks for it fails on what it says. */
const LOCKED_FOR_EVER: Finding = {
  code: 'locked-for-ever',
  severity: 'danger',
  certainty: 'certain',
  subjects: [HOLDER],
  count: 1,
  facts: {},
}

/** {"version": 1, "holder": ..., "end": "2026-11-22T06:33:43"}, in UTC; null when kazoo cannot read it either. */
function leaseOf({ data }: SeenChild): { readonly holder: string; readonly end: number; readonly text: string } | null {
  const value = parsed(shortTextOf(data, LONGEST))
  if (typeof value !== 'object' || value === null || !('holder' in value) || !('end' in value)) return null
  const { holder, end: text } = value
  if (typeof holder !== 'string' || typeof text !== 'string') return null
  const end = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text) ? Date.parse(`${text}Z`) : Number.NaN
  return Number.isNaN(end) ? null : { holder, end, text }
}

function parsed(json: string | null): unknown {
  if (json === null) return null
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}
