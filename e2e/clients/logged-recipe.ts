import { nameOf, parentOf } from '@/lib/znode/path'
import { WATCHED_LIST } from './client-line'
import type { ContenderLog } from './contender-log'

/** Who holds, who waits and on what, as the clients say. Names are relative to the recipe's path, as those of the page. */
export interface LoggedRecipe {
  /** Sorted by name. */
  readonly holders: readonly string[]
  /** By the numbers that the ensemble gave their places in the line. */
  readonly waiters: readonly string[]
  readonly edges: readonly (readonly [waiter: string, waitsOn: string])[]
}

/** At a settled moment: whoever asks has a place in a line, and at most one who is first in it has a lease already. */
export function loggedRecipe(log: ContenderLog): LoggedRecipe {
  const all = [...log.contenders.values()]
  const waiting = all
    .filter(({ state }) => state === 'asks')
    .flatMap(({ nodes, watches }) => {
      const [place, name] = [nodes[0], nodes.at(-1)]
      return place === undefined || name === undefined ? [] : [{ place: numberOf(place), name, watches }]
    })
    .sort((a, b) => a.place - b.place)
  return {
    holders: all
      .filter(({ state }) => state === 'holds')
      .flatMap(({ nodes }) => nodes.map((node) => relative(log.path, node)))
      .sort(),
    waiters: waiting.map(({ name }) => relative(log.path, name)),
    edges: waiting.map(({ name, watches }) => [relative(log.path, name), watchedName(log.path, watches ?? '')]),
  }
}

/** "locks/_c_...", "../permits-__lock__/..." */
export function relative(path: string, node: string): string {
  return node.startsWith(`${path}/`) ? node.slice(path.length + 1) : `../${nameOf(parentOf(node))}/${nameOf(node)}`
}

function watchedName(path: string, watched: string): string {
  return watched.endsWith(WATCHED_LIST) ? '<children>' : relative(path, watched)
}

function numberOf(node: string): number {
  return Number(/\d{10}$/.exec(node)?.[0])
}
