import { describe, expect, it } from 'vitest'
import type { Stat } from '@/lib/znode/stat'
import { contenderPath } from './contender-path'
import { type DiagnoseContext, diagnose } from './diagnose'
import { type Evidence, NO_EVIDENCE } from './evidence'
import type { FindingCode } from './finding'
import type { Layout } from './layout'
import { makeRecipe } from './make-recipe'
import { CHILDREN, type Contender, type Recipe, type RecipeKind, SELF, WATCHER } from './recipe'
import { NO_SUSPICIONS, type Suspicions, suspect } from './suspicions'

const NOW = 1_700_000_000_000
const CONTEXT: DiagnoseContext = {
  now: NOW,
  heldSince: new Map(),
  holds: { samples: 0, p95Ms: null },
  suspicions: NO_SUSPICIONS,
}

const stat = (ephemeralOwner: bigint, known: Partial<Stat> = {}): Stat => ({
  czxid: 1n,
  mzxid: 1n,
  ctime: BigInt(NOW - 60_000),
  mtime: BigInt(NOW - 60_000),
  version: 0,
  cversion: 0,
  aversion: 0,
  ephemeralOwner,
  dataLength: 4,
  numChildren: 0,
  pzxid: 1n,
  ...known,
})

function contender(name: string, session: bigint | null, on: string | null, known: Partial<Contender> = {}): Contender {
  return {
    name,
    state: on === null ? 'holds' : 'waits',
    lane: null,
    sequence: null,
    session,
    claims: null,
    revocable: false,
    waitsOn: on === null ? [] : [{ on, proof: 'unknown' }],
    ...known,
  }
}

const recipeOf = (kind: RecipeKind, contenders: readonly Contender[], known: Partial<Recipe> = {}): Recipe => ({
  ...makeRecipe(kind, 'Curator InterProcessMutex', { contenders }),
  ...known,
})

function layoutOf(recipe: Recipe, known: Partial<Layout> = {}): Layout {
  const children = recipe.contenders
    .filter(({ name }) => name !== SELF && !name.startsWith(WATCHER))
    .map(({ name, session }) => ({ name, stat: stat(session ?? 0n), data: null }))
  return { path: '/locks/a', stat: stat(0n), data: null, children, near: new Map(), ...known }
}

const MUTEX = recipeOf('mutex', [contender('l-1', 1n, null), contender('l-2', 2n, 'l-1'), contender('l-3', 3n, 'l-2')])

const watching = (watches: Readonly<Record<string, readonly bigint[]>>, all = true): Evidence => ({
  ...NO_EVIDENCE,
  watches: new Map(Object.entries(watches).map(([path, sessions]) => [path, new Set(sessions)])),
  watchesOfAll: all,
})

const connected = (sessions: readonly bigint[], all = true): Evidence => ({
  ...NO_EVIDENCE,
  connections: new Map(
    sessions.map((session) => [
      session,
      { client: '10.0.0.1:1', server: 's:1', establishedAt: null, timeoutMs: null, lastOperation: null },
    ]),
  ),
  connectionsOfAll: all,
})

/** What is found after looks with this evidence at these times, in milliseconds. */
function found(looks: readonly number[], recipe: Recipe, evidence: Evidence, layout = layoutOf(recipe)) {
  let suspicions: Suspicions = NO_SUSPICIONS
  for (const at of looks) suspicions = suspect(suspicions, recipe, layout, evidence, NOW + at)
  return diagnose(recipe, layout, evidence, { ...CONTEXT, suspicions })
}

const codes = (findings: readonly { readonly code: FindingCode }[]) => findings.map(({ code }) => code)

describe('paths of contenders', () => {
  it.each([
    ['/a', 'x', '/a/x'],
    ['/', 'x', '/x'],
    ['/a', SELF, '/a'],
    ['/sem', 'locks/x', '/sem/locks/x'],
    ['/sem', '../sem-__lock__/x', '/sem-__lock__/x'],
    ['/a/b', '../c/x', '/a/c/x'],
    ['/a', CHILDREN, null],
    ['/a', `${WATCHER}0x1`, null],
  ])('of %s and %s', (directory, name, path) => {
    expect(contenderPath(directory, name)).toBe(path)
  })
})

describe('a lock in order', () => {
  it('has no findings, whatever is told', () => {
    const healthy = watching({ '/locks/a/l-1': [2n], '/locks/a/l-2': [3n] })
    expect(found([0, 6_000], MUTEX, { ...healthy, ...connected([1n, 2n, 3n]), watches: healthy.watches })).toEqual([])
    expect(found([0, 6_000], MUTEX, NO_EVIDENCE)).toEqual([])
  })
})

describe('nobody holds', () => {
  const waiting = [contender('l-2', 2n, '!readme'), contender('l-3', 3n, 'l-2')]

  it('is certain when a foreign znode blocks, else likely', () => {
    const blocked = recipeOf('mutex', waiting, { foreign: [{ name: '!readme', effect: 'blocks' }] })
    expect(diagnose(blocked, layoutOf(blocked), NO_EVIDENCE, CONTEXT)).toEqual([
      {
        code: 'no-holder',
        severity: 'danger',
        certainty: 'certain',
        subjects: ['l-2', 'l-3'],
        count: 2,
        facts: { blocker: '!readme' },
      },
    ])
    const handed = recipeOf('mutex', waiting, { foreign: [{ name: 'config', effect: 'ignored' }] })
    expect(diagnose(handed, layoutOf(handed), NO_EVIDENCE, CONTEXT)).toMatchObject([{ certainty: 'likely', facts: {} }])
  })

  it('is nothing to wonder about at a barrier, nor when nobody waits', () => {
    for (const recipe of [recipeOf('barrier', waiting), recipeOf('mutex', [])]) {
      expect(diagnose(recipe, layoutOf(recipe), NO_EVIDENCE, CONTEXT)).toEqual([])
    }
  })

  it('names at most twenty and counts all', () => {
    const many = recipeOf(
      'mutex',
      Array.from({ length: 30 }, (_, i) => contender(`l-${i}`, 1n, `l-${i - 1}`)),
    )
    const [finding] = diagnose(many, layoutOf(many), NO_EVIDENCE, CONTEXT)
    expect(finding?.subjects).toHaveLength(20)
    expect(finding?.count).toBe(30)
  })

  it('is not said twice', () => {
    const said = recipeOf('mutex', waiting, {
      findings: [{ code: 'no-holder', severity: 'danger', certainty: 'certain', subjects: [], count: 0, facts: {} }],
    })
    expect(diagnose(said, layoutOf(said), NO_EVIDENCE, CONTEXT)).toEqual([])
  })
})

describe('sessions without a connection', () => {
  it('are told after two looks, with the time that is left', () => {
    const evidence: Evidence = { ...connected([2n]), expiresInMs: new Map([[1n, 7_200.4]]) }
    expect(found([0], MUTEX, evidence)).toEqual([])
    expect(found([0, 2_000], MUTEX, evidence)).toEqual([
      {
        code: 'ghost-holder',
        severity: 'danger',
        certainty: 'certain',
        subjects: ['l-1'],
        count: 1,
        facts: { session: '0x1', goneMs: '2000', expiresInMs: '7200' },
      },
      {
        code: 'ghost-waiter',
        severity: 'warning',
        certainty: 'certain',
        subjects: ['l-3'],
        count: 1,
        facts: { session: '0x3', goneMs: '2000' },
      },
    ])
  })

  it('are not told when a server did not tell, of our own, of persistent znodes, and once they are back', () => {
    expect(found([0, 2_000], MUTEX, connected([], false))).toEqual([])
    expect(found([0, 2_000], MUTEX, { ...connected([3n]), own: new Set([1n, 2n]) })).toEqual([])
    const persistent = recipeOf('mutex', [contender('l-1', null, null)])
    expect(found([0, 2_000], persistent, connected([]))).toEqual([])

    const layout = layoutOf(MUTEX)
    let suspicions = suspect(NO_SUSPICIONS, MUTEX, layout, connected([2n, 3n]), NOW)
    suspicions = suspect(suspicions, MUTEX, layout, connected([1n, 2n, 3n]), NOW + 1_000)
    suspicions = suspect(suspicions, MUTEX, layout, connected([2n, 3n]), NOW + 2_000)
    expect(diagnose(MUTEX, layout, connected([2n, 3n]), { ...CONTEXT, suspicions })).toEqual([])
  })

  it('are one finding a session, and at most twenty', () => {
    const many = recipeOf('mutex', [
      contender('l-0', 1n, null),
      ...Array.from({ length: 60 }, (_, i) => contender(`l-${i + 1}`, BigInt(i % 30) + 2n, `l-${i}`)),
    ])
    const ghosts = found([0, 1_000], many, connected([1n]))
    expect(ghosts).toHaveLength(20)
    expect(ghosts[0]).toMatchObject({ code: 'ghost-waiter', subjects: ['l-1', 'l-31'], count: 2 })
  })

  it('are not told of a contender that has left since', () => {
    const layout = layoutOf(MUTEX)
    let suspicions = suspect(NO_SUSPICIONS, MUTEX, layout, connected([2n, 3n]), NOW)
    suspicions = suspect(suspicions, MUTEX, layout, connected([2n, 3n]), NOW + 1_000)
    const left = recipeOf('mutex', MUTEX.contenders.slice(1))
    expect(codes(diagnose(left, layoutOf(left), NO_EVIDENCE, { ...CONTEXT, suspicions }))).toEqual(['no-holder'])
  })
})

describe('watches', () => {
  it('T41: of a session that queues nowhere here may be left over', () => {
    const alone = recipeOf('mutex', [contender('l-1', 1n, null)])
    const evidence = watching({ '/locks/a/l-1': [2n, 8n], '/elsewhere': [3n] }, false)
    const own = { ...evidence, own: new Set([8n]) }
    expect(found([0, 2_000], alone, own)).toEqual([])
    expect(found([0, 2_000, 6_000], alone, own)).toEqual([
      {
        code: 'leftover-watch',
        severity: 'note',
        certainty: 'possible',
        subjects: ['l-1'],
        count: 1,
        facts: { session: '0x2' },
      },
    ])
  })

  it('are not left over when the session has a znode here, may have one, or waits by watching alone', () => {
    const alone = recipeOf('mutex', [contender('l-1', 1n, null)])
    const evidence = watching({ '/locks/a/l-1': [2n], '/locks/a': [2n] })
    const unread = layoutOf(alone, { children: [{ name: 'l-1', stat: null, data: null }] })
    expect(found([0, 6_000], alone, evidence, unread)).toEqual([])
    const lease = layoutOf(alone, { children: [{ name: 'x', stat: stat(2n), data: null }] })
    const near = layoutOf(alone, { near: new Map([['leases', lease]]) })
    expect(found([0, 6_000], alone, evidence, near)).toEqual([])
    const single = recipeOf('single-lock', [contender(SELF, 1n, null), contender(`${WATCHER}0x2`, 2n, SELF)])
    expect(found([0, 6_000], single, evidence)).toEqual([])
  })

  it('may be missing: told when all servers told, after five seconds', () => {
    const evidence = watching({ '/locks/a/l-1': [2n], '/locks/a/l-3': [3n] })
    expect(found([0, 4_000], MUTEX, evidence)).toEqual([])
    // A watch on one's own znode is no watch on the one before.
    expect(found([0, 4_000, 8_000], MUTEX, evidence)).toEqual([
      {
        code: 'waiter-without-watch',
        severity: 'warning',
        certainty: 'possible',
        subjects: ['l-3'],
        count: 1,
        facts: { session: '0x3', seenMs: '8000' },
      },
    ])
    expect(found([0, 8_000], MUTEX, { ...evidence, watchesOfAll: false })).toEqual([])
    expect(found([0, 8_000], MUTEX, { ...evidence, ...connected([1n, 2n]), watches: evidence.watches })).toMatchObject([
      { code: 'ghost-waiter' },
    ])
  })

  it('on the list of children are told by no server, so none is missed', () => {
    const children = recipeOf('mutex', [contender('l-1', 1n, null), contender('l-2', 2n, CHILDREN)])
    expect(found([0, 8_000], children, watching({}))).toEqual([])
  })
})

describe('herds', () => {
  const herdOf = (size: number, on = 'l-0') =>
    recipeOf('read-write-lock', [
      contender('l-0', 1n, null),
      ...Array.from({ length: size }, (_, i) => contender(`l-${i + 1}`, BigInt(i + 2), on)),
    ])
  const sessions = (size: number) => Array.from({ length: size }, (_, i) => BigInt(i + 2))

  it('are certain where servers tell the watches, likely by the rule', () => {
    const herd = { code: 'herd', severity: 'note', subjects: ['l-0'], count: 1, facts: { watchers: '10' } }
    const told = watching({ '/locks/a/l-0': sessions(10) })
    expect(diagnose(herdOf(10), layoutOf(herdOf(10)), told, CONTEXT)).toEqual([{ ...herd, certainty: 'certain' }])
    expect(diagnose(herdOf(10), layoutOf(herdOf(10)), NO_EVIDENCE, CONTEXT)).toEqual([{ ...herd, certainty: 'likely' }])
    expect(diagnose(herdOf(9), layoutOf(herdOf(9)), NO_EVIDENCE, CONTEXT)).toEqual([])
    const children = herdOf(60, CHILDREN)
    expect(diagnose(children, layoutOf(children), watching({}), CONTEXT)).toMatchObject([
      { severity: 'warning', certainty: 'likely', subjects: [CHILDREN], facts: { watchers: '60' } },
    ])
  })

  it('are none where all servers told and the watches are not there, and without our own', () => {
    expect(diagnose(herdOf(20), layoutOf(herdOf(20)), watching({}), CONTEXT)).toEqual([])
    const own = { ...watching({ '/locks/a/l-0': sessions(10) }), own: new Set([2n]) }
    expect(diagnose(herdOf(10), layoutOf(herdOf(10)), own, CONTEXT)).toEqual([])
  })
})

describe('holders', () => {
  const held = (heldMs: number, samples = 20, p95Ms = 1_000): DiagnoseContext => ({
    ...CONTEXT,
    heldSince: new Map([['l-1', NOW - heldMs]]),
    holds: { samples, p95Ms },
  })
  const told = (context: DiagnoseContext, recipe = MUTEX) => diagnose(recipe, layoutOf(recipe), NO_EVIDENCE, context)

  it('are older than usual beyond five times the 95th percentile of enough turns', () => {
    expect(told(held(5_001))).toMatchObject([
      { code: 'long-hold', subjects: ['l-1'], facts: { heldMs: '5001', p95Ms: '1000', samples: '20' } },
    ])
    expect(told(held(5_000))).toEqual([])
    expect(told(held(60_000, 19))).toEqual([])
    expect(told({ ...held(60_000), heldSince: new Map() })).toEqual([])
    expect(told(held(900, 100, 3))).toEqual([])
    expect(told(held(60_000), recipeOf('election', MUTEX.contenders))).toEqual([])
  })

  it('were asked to release and are still there', () => {
    const revocable = recipeOf('mutex', [contender('l-1', 1n, null, { revocable: true })])
    const data = new TextEncoder().encode('__REVOKE__')
    const asked = (agoMs: number) =>
      layoutOf(revocable, { children: [{ name: 'l-1', stat: stat(1n, { mtime: BigInt(NOW - agoMs) }), data }] })
    expect(diagnose(revocable, asked(60_000), NO_EVIDENCE, CONTEXT)).toMatchObject([
      { code: 'revoked-held', severity: 'warning', facts: { askedMs: '60000', revocable: 'yes' } },
    ])
    expect(diagnose(revocable, asked(500), NO_EVIDENCE, CONTEXT)).toMatchObject([{ severity: 'note' }])
    const other = layoutOf(revocable, { children: [{ name: 'l-1', stat: stat(1n), data: data.subarray(1) }] })
    expect(diagnose(revocable, other, NO_EVIDENCE, CONTEXT)).toEqual([])
  })

  it('of a lock by time without a time hold it for ever', () => {
    const timed = recipeOf('timed-lock', [contender(SELF, null, null)])
    const empty = layoutOf(timed, { stat: stat(0n, { dataLength: 0 }) })
    expect(diagnose(timed, empty, NO_EVIDENCE, CONTEXT)).toMatchObject([{ code: 'locked-for-ever', subjects: [SELF] }])
    expect(diagnose(timed, layoutOf(timed), NO_EVIDENCE, CONTEXT)).toEqual([])
  })
})
