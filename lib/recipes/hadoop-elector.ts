import { sameBytes } from '@/lib/codec/utf8'
import { joinPath } from '@/lib/znode/path'
import type { Evidence } from './evidence'
import type { Finding } from './finding'
import { activeNodeInfoOf, activeResourceManagerOf } from './hadoop-payload'
import type { Layout, SeenChild } from './layout'
import { contenderOf } from './line-up'
import { makeRecipe } from './make-recipe'
import type { Recipe } from './recipe'
import { watchersOf } from './watchers'

const LOCK = 'ActiveStandbyElectorLock'
const BREADCRUMB = 'ActiveBreadCrumb'

/**
 * Hadoop's ActiveStandbyElector: an ephemeral for the active one, which the others watch, and a persistent breadcrumb
 * that says who was active last. A breadcrumb that outlives its lock, or names another one, is of an active one that
 * nobody has fenced yet. Source: ActiveStandbyElector.java.
 */
export function activeStandby(layout: Layout, evidence: Evidence, hdfs: boolean): Recipe | null {
  const lock = layout.children.find(({ name }) => name === LOCK)
  const breadcrumb = layout.children.find(({ name }) => name === BREADCRUMB)
  if (lock === undefined && breadcrumb === undefined) return null
  const read = hdfs ? activeNodeInfoOf : activeResourceManagerOf
  const payload = read(lock?.data ?? breadcrumb?.data ?? null) ?? []
  const holder = lock === undefined ? null : { ...contenderOf(placeOf(lock), 'holds'), claims: addressOf(payload) }
  const path = joinPath(layout.path, LOCK)
  const others = holder === null ? [] : watchersOf(path, LOCK, holder.session, evidence)
  return makeRecipe('election', 'Hadoop ActiveStandbyElector', {
    contenders: holder === null ? [] : [holder, ...others],
    foreign: layout.children.filter((child) => child !== lock).map(({ name }) => ({ name, effect: 'ignored' })),
    permits: 1,
    findings: breadcrumb !== undefined && isUnfenced(lock, breadcrumb) ? [unfenced(lock === undefined)] : [],
    unknowable: ['waits-or-looks'],
    payload,
  })
}

/** The same bytes are written into both; without the data of both nothing is said. */
function isUnfenced(lock: SeenChild | undefined, breadcrumb: SeenChild): boolean {
  if (lock === undefined) return true
  return lock.data !== null && breadcrumb.data !== null && !sameBytes(lock.data, breadcrumb.data)
}

function unfenced(withoutLock: boolean): Finding {
  return {
    code: 'unfenced',
    severity: 'danger',
    certainty: 'likely',
    subjects: [BREADCRUMB],
    count: 1,
    facts: { lock: withoutLock ? 'missing' : 'another' },
  }
}

function addressOf(payload: Recipe['payload']): string | null {
  const value = (name: string) => payload.find(([each]) => each === name)?.[1]
  const host = value('hostname')
  return host === undefined ? (value('rmId') ?? null) : `${host}:${value('port') ?? ''}`
}

function placeOf(child: SeenChild) {
  return { child, sequence: null, lane: null }
}
