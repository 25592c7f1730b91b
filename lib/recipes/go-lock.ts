import { brokenSince, cameBefore } from './breakage'
import { hitsOf } from './classify'
import type { Evidence } from './evidence'
import type { Family } from './family'
import type { Finding } from './finding'
import { someOf } from './finding-subjects'
import { inOrderOf } from './in-order'
import type { Layout, SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import type { Contender, Foreign, Recipe } from './recipe'
import { watchProof } from './watch-proof'

/**
 * The lock of go-zookeeper/zk. It reads a number from the name of every child and fails on the first without one, after
 * it has made its own znode, which then stays until the session ends. Source: go-zookeeper/zk, lock.go.
 */
export const goLock: Family = {
  id: 'goLock',
  rules: ['go.lock'],
  recognise: (layout, evidence) => recogniseGo(layout, evidence, goSequence),
}

/** The same lock of the older samuel/go-zookeeper, whose names are the same, so that it is never told apart. */
export function recogniseSamuel(layout: Layout, evidence: Evidence): Recipe | null {
  return recogniseGo(layout, evidence, samuelSequence)
}

function recogniseGo(layout: Layout, evidence: Evidence, sequenceIn: (name: string) => number): Recipe | null {
  const hits = hitsOf(layout)
  // Curator's mutex has the same text before its number, so that both take each other's znodes for their own.
  const isContender = ({ name }: SeenChild) => {
    const rule = hits.get(name)?.rule
    return rule === 'go.lock' || rule === 'curator.lock'
  }
  if (!layout.children.some(({ name }) => hits.get(name)?.rule === 'go.lock')) return null
  const readable = layout.children.filter(({ name }) => !Number.isNaN(sequenceIn(name)))
  const breakers = layout.children.filter(({ name }) => Number.isNaN(sequenceIn(name)))
  const since = brokenSince(breakers)
  const order = inOrderOf(readable, ({ name }) => sequenceIn(name))
  const edgeTo = watchProof(layout, evidence)
  const lowest = sequenceIn(order[0]?.name ?? '')
  const contenders: Contender[] = []
  const foreign: Foreign[] = breakers.map(({ name }) => ({ name, effect: 'breaks' }))
  const last = order.findLastIndex(isContender)
  const failed: string[] = []
  const ahead = predecessors(order, sequenceIn)
  for (const [index, child] of order.entries()) {
    if (!isContender(child)) {
      foreign.push({ name: child.name, effect: index < last ? 'blocks' : 'ignored' })
      continue
    }
    const sequence = sequenceIn(child.name)
    const place = { child, sequence, lane: null }
    const before = ahead[index] ?? null
    if (!cameBefore(child, since) || (sequence !== lowest && before === null)) {
      failed.push(child.name)
      contenders.push(contenderOf(place, 'present'))
    } else if (sequence === lowest || before === null) contenders.push(contenderOf(place, 'holds'))
    else contenders.push(contenderOf(place, 'waits', [edgeTo(child, before)]))
  }
  return makeRecipe('mutex', 'go-zookeeper zk.Lock', {
    orElse: ['samuel/go-zookeeper zk.Lock'],
    contenders,
    foreign,
    permits: 1,
    findings: [...orphans(failed), ...breaksSamuel(readable)],
    unknowable: ['threads'],
  })
}

/** Before each: the name of the largest number below its own that is not negative, which the loop starts from. */
function predecessors(order: readonly SeenChild[], sequenceIn: (name: string) => number): (string | null)[] {
  let lower: string | null = null
  let equal: { readonly name: string; readonly sequence: number } | null = null
  return order.map(({ name }) => {
    const sequence = sequenceIn(name)
    if (equal === null || equal.sequence !== sequence) {
      if (equal !== null && equal.sequence >= 0) lower = equal.name
      equal = { name, sequence }
    }
    return lower
  })
}

/** parseSeq: what follows the last "lock-", else the last "__", as an int64; NaN where it fails. */
function goSequence(name: string): number {
  const lock = name.lastIndexOf('lock-')
  if (lock !== -1) return atoi(name.slice(lock + 5))
  const underscores = name.lastIndexOf('__')
  return atoi(underscores === -1 ? name : name.slice(underscores + 2))
}

/** parseSeq of samuel/go-zookeeper: what follows the last "-". */
function samuelSequence(name: string): number {
  return atoi(name.slice(name.lastIndexOf('-') + 1))
}

function atoi(text: string): number {
  if (!/^[+-]?\d{1,40}$/.test(text)) return Number.NaN
  const value = BigInt(text.startsWith('+') ? text.slice(1) : text)
  return value === BigInt.asIntN(64, value) ? Number(value) : Number.NaN
}

function orphans(names: readonly string[]): Finding[] {
  if (names.length === 0) return []
  return [{ code: 'orphan', severity: 'danger', certainty: 'likely', ...someOf(names), facts: {} }]
}

function breaksSamuel(readable: readonly SeenChild[]): Finding[] {
  const names = readable.flatMap(({ name }) => (Number.isNaN(samuelSequence(name)) ? [name] : []))
  if (names.length === 0) return []
  const facts = { library: 'samuel/go-zookeeper' }
  return [{ code: 'foreign-breaks', severity: 'note', certainty: 'possible', ...someOf(names), facts }]
}
