import { joinPath, nameOf, parentOf } from '@/lib/znode/path'
import { looksSequential } from '@/lib/znode/sequence'
import type { Evidence } from './evidence'
import type { Family } from './family'
import type { Layout, SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import { type Recipe, SELF } from './recipe'
import { watchersOf } from './watchers'

const ELECTION = new Set(['leader', 'master', 'active', 'primary', 'controller', 'coordinator'])
const LOCK = new Set(['lock', 'locks', 'locked', 'mutex', 'holder', 'owner'])
const DIRECTORY = new Set(['lock', 'locks', 'mutex', 'mutexes', 'election', 'elections', 'leader', 'leaders'])
const PLURAL = new Set(['locks', 'mutexes'])

/**
 * The simple lock, and election by one znode: whoever creates the ephemeral has it, the others fail, or watch it until
 * it is gone. Its name is the only sign of it, so anything that is not called so is left alone. The lock is either the
 * znode itself, or the only child of a directory.
 */
export const singleLock: Family = {
  id: 'single',
  recognise(layout, evidence) {
    const owner = layout.stat?.ephemeralOwner ?? 0n
    if (owner !== 0n) {
      if (looksSequential(nameOf(layout.path)) || layout.children.length > 0) return null
      const election = electionByName(nameOf(layout.path), nameOf(parentOf(layout.path)))
      return election === null ? null : lockOfItself(layout, evidence, election)
    }
    if (PLURAL.has(nameOf(layout.path).toLowerCase())) return oneLockEach(layout)
    const [child] = layout.children
    if (child === undefined || layout.children.length > 1 || !isEphemeral(child) || looksSequential(child.name))
      return null
    const election = electionByName(child.name, nameOf(layout.path))
    return election === null ? null : lockOf(layout, child, evidence, election)
  },
}

/** The znode of the layout is the lock. */
export function lockOfItself(layout: Layout, evidence: Evidence, election: boolean): Recipe {
  const child = { name: SELF, stat: layout.stat, data: layout.data }
  return recipeOf(child, layout.path, evidence, election)
}

/** A child of it is; nothing else is in it but what the caller tells apart. */
function lockOf(layout: Layout, child: SeenChild, evidence: Evidence, election: boolean): Recipe {
  return recipeOf(child, joinPath(layout.path, child.name), evidence, election)
}

/** In a directory that is called so, ephemerals without a number are locks, each by itself. */
function oneLockEach(layout: Layout): Recipe | null {
  const { children } = layout
  if (children.length === 0 || !children.every((child) => isEphemeral(child) && !looksSequential(child.name)))
    return null
  return makeRecipe('item-locks', 'Locks of one znode each', {
    contenders: children.map((child) => contenderOf({ child, sequence: null, lane: null }, 'holds')),
    permits: children.length,
    unknowable: ['pollers'],
  })
}

function recipeOf(child: SeenChild, path: string, evidence: Evidence, election: boolean): Recipe {
  const holder = contenderOf({ child, sequence: null, lane: null }, 'holds')
  const waiters = watchersOf(path, child.name, holder.session, evidence)
  return makeRecipe(election ? 'election' : 'single-lock', election ? 'Election by one znode' : 'Lock of one znode', {
    orElse: election ? ['lock of one znode'] : ['election by one znode', 'an announcement of one member'],
    contenders: [holder, ...waiters],
    permits: 1,
    unknowable: ['pollers', 'waits-or-looks'],
  })
}

/** Whether it is an election, by its name or that of its directory; null when nothing says that it is either. */
function electionByName(name: string, directory: string): boolean | null {
  const words = wordsOf(name)
  if (words.some((word) => ELECTION.has(word))) return true
  if (words.some((word) => LOCK.has(word))) return false
  const above = directory.toLowerCase()
  return DIRECTORY.has(above) ? /^(?:election|leader)/.test(above) : null
}

/** "activeController" and "active-controller" are two words; "block" and "masters" are none of ours. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z]+/)
}

function isEphemeral({ stat }: SeenChild): boolean {
  return stat !== null && stat.ephemeralOwner !== 0n
}
