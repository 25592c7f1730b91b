import type { Layout } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import type { Recipe } from './recipe'

const LONGEST = 20_000
const SHOWN = 20

/** Dubbo's registry: each child's name is the URL of a provider or a consumer, URL-encoded. */
export function dubboRegistry(layout: Layout): Recipe | null {
  const found = layout.children.map((child) => ({ child, url: dubboUrlOf(child.name) }))
  const known = found.flatMap(({ child, url }) => (url === null ? [] : [{ child, url }]))
  if (known.length === 0) return null
  return makeRecipe('service-discovery', 'Dubbo', {
    contenders: known.map(({ child, url }) => ({
      ...contenderOf({ child, sequence: null, lane: null }, 'present'),
      claims: url.split('?')[0]?.slice(0, 200) ?? null,
    })),
    foreign: found.flatMap(({ child, url }) =>
      url === null ? [{ name: child.name, effect: 'ignored' as const }] : [],
    ),
    payload: known.slice(0, SHOWN).map(({ child, url }) => [child.name.slice(0, 100), url.slice(0, 500)]),
  })
}

/** The URL that a name is, decoded; null when it is none. */
export function dubboUrlOf(name: string): string | null {
  if (name.length > LONGEST || !/^[a-z][a-z\d+.-]{0,40}%3A%2F%2F/i.test(name)) return null
  try {
    return decodeURIComponent(name)
  } catch {
    // A "%" that starts no byte: written by somebody else.
    return null
  }
}
