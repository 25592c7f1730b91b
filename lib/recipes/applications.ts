import { type ApplicationPath, applicationPathOf } from './application-paths'
import { applicationPayloadOf } from './application-payload'
import { dubboRegistry } from './dubbo'
import type { Evidence } from './evidence'
import type { Family } from './family'
import { activeStandby } from './hadoop-elector'
import type { Layout, SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import type { Recipe, RecipeKind } from './recipe'
import { lockOfItself } from './single-lock'

/** What well-known application has this absolute path, in words; null for most paths. By the path alone. */
export function labelOf(path: string): string | null {
  return applicationPathOf(path)?.label ?? null
}

/** The recipe with the application that has the path, and with what its znode says where the recipe itself has nothing. */
export function withApplication(layout: Layout, recipe: Recipe): Recipe {
  const found = applicationPathOf(layout.path)
  if (found === null) return recipe
  const payload = recipe.payload.length > 0 ? recipe.payload : applicationPayloadOf(layout.path, layout.data)
  if (recipe.kind !== 'none') return { ...recipe, application: found.label, payload }
  const library = found.label.split(':')[0] ?? ''
  return payload.length === 0
    ? { ...recipe, application: found.label }
    : makeRecipe('value', library, { application: found.label, payload })
}

/** What the path of a well-known application decides; to be asked before any other family. */
export const applications: Family = {
  id: 'applications',
  recognise(layout, evidence) {
    const found = applicationPathOf(layout.path)
    return found === null ? null : byShape(found, layout, evidence)
  },
}

function byShape(found: ApplicationPath, layout: Layout, evidence: Evidence): Recipe | null {
  switch (found.shape) {
    case 'election':
      return isOwned(layout.stat) && layout.children.length === 0 ? lockOfItself(layout, evidence, true) : null
    case 'active-standby':
      return activeStandby(layout, evidence, found.id === 'hdfs.election')
    case 'members':
      return each('membership', found, layout, 'present')
    case 'items':
      return each('item-locks', found, layout, 'holds')
    case 'assignment':
      return each('assignment', found, layout, 'holds')
    case 'notices':
      return layout.children.length === 0 ? null : noticesOf(found, layout)
    case 'dubbo':
      return dubboRegistry(layout)
    case 'none':
      return null
  }
}

/** Each ephemeral child by itself; null when there are none, and so nobody takes part. */
function each(kind: RecipeKind, found: ApplicationPath, layout: Layout, state: 'present' | 'holds'): Recipe | null {
  const contenders = layout.children.filter(mayBeOwned).map((child) => contenderOf(placeOf(child), state))
  if (contenders.length === 0) return null
  return makeRecipe(kind, libraryOf(found), {
    contenders,
    foreign: layout.children.filter((child) => !mayBeOwned(child)).map(({ name }) => ({ name, effect: 'ignored' })),
    permits: state === 'holds' ? contenders.length : null,
  })
}

function noticesOf(found: ApplicationPath, layout: Layout): Recipe {
  const contenders = layout.children.map((child) => ({ ...contenderOf(placeOf(child), 'present'), claims: null }))
  return makeRecipe('notifications', libraryOf(found), { contenders })
}

function libraryOf({ label }: ApplicationPath): string {
  return label.split(':')[0] ?? label
}

function placeOf(child: SeenChild) {
  return { child, sequence: null, lane: null }
}

function mayBeOwned({ stat }: SeenChild): boolean {
  return stat === null || isOwned(stat)
}

function isOwned(stat: Layout['stat']): boolean {
  return stat !== null && stat.ephemeralOwner !== 0n
}
