import { LAST_SEQUENCE, nextSequence, sequencesLeft } from '@/lib/znode/sequence'
import { toHex } from '@/lib/znode/stat'
import type { Finding } from './finding'
import { someOf } from './finding-subjects'
import type { Layout, SeenChild } from './layout'
import { mixedLibraries } from './mixed-libraries'
import type { Contender, Recipe, RecipeKind } from './recipe'

/** Those whose znodes stand for who wants something, so that their numbers and owners matter. */
const CONTENDED: ReadonlySet<RecipeKind> = new Set(['mutex', 'read-write-lock', 'semaphore', 'election', 'sequence'])
/** A hundred a second use them up in three hours. */
const FEW_SEQUENCES = 1_000_000

/** What is wrong with a recipe that the directory alone shows, whatever the library. In no order. */
export function layoutFindings(recipe: Recipe, layout: Layout): Finding[] {
  const findings = [...foreignFindings(recipe), ...mixedLibraries(recipe, layout)]
  if (!CONTENDED.has(recipe.kind)) return findings
  const seen = seenContenders(recipe, layout)
  return [
    ...findings,
    ...persistentContenders(seen),
    ...doubleHold(recipe),
    ...upgradeNever(recipe),
    ...[...byDirectory(seen)].flatMap(([directory, group]) => [
      ...duplicateSequences(group),
      ...orderDiffers(group),
      ...sequenceEnd(directory, group),
      ...notAssigned(directory, group),
    ]),
  ]
}

/** A contender together with its znode, and the directory that its number was given in. */
interface Seen {
  readonly contender: Contender
  readonly child: SeenChild
  readonly directory: Layout
}

function seenContenders({ contenders }: Recipe, layout: Layout): Seen[] {
  const childrenOf = new Map<Layout, ReadonlyMap<string, SeenChild>>()
  return contenders.flatMap((contender): Seen[] => {
    const slash = contender.name.lastIndexOf('/')
    const directory = slash === -1 ? layout : layout.near.get(contender.name.slice(0, slash))
    if (directory === undefined) return []
    const children =
      childrenOf.get(directory) ?? new Map(directory.children.map((child): [string, SeenChild] => [child.name, child]))
    childrenOf.set(directory, children)
    const child = children.get(contender.name.slice(slash + 1))
    return child === undefined ? [] : [{ contender, child, directory }]
  })
}

function byDirectory(seen: readonly Seen[]): ReadonlyMap<Layout, readonly Seen[]> {
  const groups = new Map<Layout, Seen[]>()
  for (const one of seen) {
    const group = groups.get(one.directory)
    if (group === undefined) groups.set(one.directory, [one])
    else group.push(one)
  }
  return groups
}

function foreignFindings({ foreign, contenders }: Recipe): Finding[] {
  const findings: Finding[] = []
  const named = (effect: 'blocks' | 'breaks') =>
    foreign.flatMap((child) => (child.effect === effect ? [child.name] : []))
  const blocks = named('blocks')
  const breaks = named('breaks')
  if (blocks.length > 0) {
    // In the middle of the line those before it go on.
    const severity = contenders.some(({ state }) => state === 'holds') ? 'warning' : 'danger'
    findings.push({ code: 'foreign-blocks', severity, certainty: 'certain', ...someOf(blocks), facts: {} })
  }
  if (breaks.length > 0) {
    findings.push({ code: 'foreign-breaks', severity: 'danger', certainty: 'certain', ...someOf(breaks), facts: {} })
  }
  return findings
}

function persistentContenders(seen: readonly Seen[]): Finding[] {
  const persistent = seen.filter(({ child }) => child.stat?.ephemeralOwner === 0n)
  if (persistent.length === 0) return []
  const severity = persistent.some(({ contender }) => contender.state !== 'present') ? 'danger' : 'warning'
  return [{ code: 'persistent-contender', severity, certainty: 'certain', ...namesOf(persistent), facts: {} }]
}

/** A second holder of what only one may hold; a reader of the session that writes holds both at once rightly. */
function doubleHold({ kind, permits, contenders }: Recipe): Finding[] {
  const holders = contenders.filter(({ state }) => state === 'holds')
  if (holders.length < 2) return []
  const writer = holders.find(({ lane }) => lane === 'exclusive')
  const reentrant = writer !== undefined && writer.session !== null
  const others = holders.filter(
    (holder) => holder !== writer && !(reentrant && holder.lane === 'shared' && holder.session === writer.session),
  )
  const double = kind === 'read-write-lock' ? writer !== undefined && others.length > 0 : permits === 1
  if (!double) return []
  const subjects = kind === 'read-write-lock' && writer !== undefined ? [writer, ...others] : holders
  return [
    {
      code: 'double-hold',
      severity: 'danger',
      certainty: kind === 'read-write-lock' ? 'possible' : 'likely',
      ...someOf(subjects.map(({ name }) => name)),
      facts: sessionFact(subjects),
    },
  ]
}

/** Who writes waits for those who read before it: for itself too, where they are of one thread. */
function upgradeNever({ kind, contenders }: Recipe): Finding[] {
  if (kind !== 'read-write-lock') return []
  const reading = new Set<bigint>()
  const never: Contender[] = []
  for (const contender of contenders) {
    const { lane, state, session } = contender
    if (session === null) continue
    if (lane === 'shared' && state === 'holds') reading.add(session)
    else if (lane === 'exclusive' && state === 'waits' && reading.has(session)) never.push(contender)
  }
  if (never.length === 0) return []
  const subjects = someOf(never.map(({ name }) => name))
  const facts = sessionFact(never)
  return [{ code: 'upgrade-never', severity: 'warning', certainty: 'possible', ...subjects, facts }]
}

/** Whose they are, where they are all of one session. */
function sessionFact(contenders: readonly Contender[]): Finding['facts'] {
  const session = contenders[0]?.session ?? null
  if (session === null || contenders.some((contender) => contender.session !== session)) return {}
  return { session: toHex(session) }
}

function duplicateSequences(group: readonly Seen[]): Finding[] {
  const first = new Map<number, Seen>()
  const duplicates = new Set<Seen>()
  for (const one of group) {
    const { sequence } = one.contender
    if (sequence === null) continue
    const other = first.get(sequence)
    if (other === undefined) first.set(sequence, one)
    else if (!isNestedRead(one, other)) duplicates.add(other).add(one)
  }
  if (duplicates.size === 0) return []
  const subjects = namesOf([...duplicates])
  return [{ code: 'duplicate-sequence', severity: 'danger', certainty: 'certain', ...subjects, facts: {} }]
}

/** Curator gives the read lock of who holds the write lock the number of the write lock. */
function isNestedRead({ contender: a }: Seen, { contender: b }: Seen): boolean {
  return a.lane !== b.lane && a.session !== null && a.session === b.session
}

/** Those that stand before somebody who was there earlier. */
function orderDiffers(group: readonly Seen[]): Finding[] {
  const early: Seen[] = []
  let oldest: bigint | null = null
  for (const one of group.toReversed()) {
    const czxid = one.child.stat?.czxid
    if (czxid === undefined || one.contender.sequence === null) continue
    if (oldest !== null && czxid > oldest) early.push(one)
    else oldest = czxid
  }
  if (early.length === 0) return []
  return [{ code: 'order-differs', severity: 'warning', certainty: 'certain', ...namesOf(early.reverse()), facts: {} }]
}

function sequenceEnd({ stat }: Layout, group: readonly Seen[]): Finding[] {
  const atEnd = group.filter(({ contender: { sequence } }) => sequence !== null && isAtEnd(sequence))
  const left = stat === null ? null : sequencesLeft(stat)
  if (atEnd.length > 0 || (left !== null && left <= 0)) {
    return [{ code: 'sequence-overflow', severity: 'danger', certainty: 'certain', ...namesOf(atEnd), facts: {} }]
  }
  if (left === null || left > FEW_SEQUENCES) return []
  const facts = { left: String(left) }
  return [{ code: 'sequence-ends-soon', severity: 'warning', certainty: 'certain', subjects: [], count: 0, facts }]
}

function isAtEnd(sequence: number): boolean {
  return sequence === LAST_SEQUENCE || (sequence < 0 && sequence >= -LAST_SEQUENCE - 1)
}

/** The server gives numbers from 0 upwards, and each is lower than the one that it would give now. */
function notAssigned({ stat }: Layout, group: readonly Seen[]): Finding[] {
  if (stat === null) return []
  const next = nextSequence(stat)
  const made = group.filter(({ contender: { sequence }, child }) => {
    if (sequence === null || sequence < next) return false
    // Made after the directory's stat was read, it says nothing of the number that it got.
    return child.stat === null || child.stat.czxid <= stat.pzxid
  })
  // The counter stays at the last number, and gives it again and again.
  const invented = made.filter(({ contender: { sequence } }) => sequence !== LAST_SEQUENCE || next < LAST_SEQUENCE)
  if (invented.length === 0) return []
  const facts = { next: String(next) }
  return [{ code: 'not-assigned', severity: 'warning', certainty: 'certain', ...namesOf(invented), facts }]
}

function namesOf(seen: readonly Seen[]): Pick<Finding, 'subjects' | 'count'> {
  return someOf(seen.map(({ contender }) => contender.name))
}
