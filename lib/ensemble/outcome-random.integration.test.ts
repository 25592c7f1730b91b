import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { connect } from '@/lib/zookeeper/connect'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { Session } from '@/lib/zookeeper/session'
import { type Cut, startCuttingLink } from '@/lib/zookeeper/testing/cutting-link'
import { Ensemble } from './ensemble'
import { createNode, deleteNode, writeData } from './writes'

const WRITES = [1, 2, 5, 15]
const RUNS = Number(process.env.ZOOLENS_OUTCOME_RUNS ?? 60)
const AT_ONCE = 20

let sandbox: SandboxEnsemble
let other: Session
let number = 0
const claims = { applied: 0, notApplied: 0, unknown: 0 }

beforeAll(async () => {
  sandbox = await startEnsemble({ servers: 1 })
  other = connect({ connect: sandbox.connect, sessionTimeoutMs: 10_000 })
})
afterAll(async () => {
  await other?.close()
  await sandbox?.stop()
})

const KINDS = ['set', 'create', 'ephemeral', 'delete'] as const
/** What somebody else does to the same znode, just before we write or while the link is down. */
const OTHERS = ['nothing', 'sets', 'deletes', 'creates', 'recreates', 'a sibling'] as const
type Others = (typeof OTHERS)[number]

const plan = fc.record({
  kind: fc.constantFrom(...KINDS),
  cut: fc.constantFrom<Cut>('lost', 'answered'),
  before: fc.constantFrom(...OTHERS),
  during: fc.constantFrom(...OTHERS),
})
type Plan = typeof plan extends fc.Arbitrary<infer T> ? T : never

async function meddle(path: string, what: Others): Promise<void> {
  const data = Buffer.from('theirs')
  if (what === 'sets') await other.setData(path, data, -1).catch(() => undefined)
  if (what === 'deletes' || what === 'recreates') await other.delete(path, -1).catch(() => undefined)
  if (what === 'creates' || what === 'recreates') await other.create(path, data).catch(() => undefined)
  if (what === 'a sibling') await other.create(`${path}-sibling-`, null, { mode: 'persistent-sequential' })
}

/** Whether it is claimed to be applied; null for unknown, or when it was refused before it was sent. */
async function claim(write: Promise<unknown>): Promise<boolean | null> {
  try {
    await write
    return true
  } catch (error) {
    if (!isZooKeeperError(error)) throw error
    return error.code === 'UnknownOutcome' ? null : false
  }
}

/** Returns what is wrong with the claim, or null. */
async function run({ kind, cut, before, during }: Plan): Promise<string | null> {
  const path = `/random-${number++}/a`
  await other.create(path.slice(0, -2), null)
  const exists = kind === 'set' || kind === 'delete'
  const seen = exists ? (await other.create(path, Buffer.from('before'))).stat : null
  const link = await startCuttingLink(sandbox.servers[0]?.clientPort ?? 0)
  const ensemble = new Ensemble({
    id: 'test',
    connect: { connect: link.connect, sessionTimeoutMs: 10_000 },
    log: () => undefined,
  })
  try {
    await ensemble.sessions.live().exists('/')
    await meddle(path, before)
    let zkCode: number | null | undefined
    void link
      .cutAt(WRITES, cut, () => meddle(path, during))
      .then((code) => {
        zkCode = code
      })
    const ours = Buffer.from('ours')
    const was = seen ?? { version: 0, czxid: 0n, mzxid: 0n }
    const claimed = await claim(
      kind === 'set'
        ? writeData(ensemble, path, ours, was)
        : kind === 'delete'
          ? deleteNode(ensemble, path, was)
          : createNode(ensemble, { path, data: ours, mode: kind === 'ephemeral' ? 'ephemeral' : 'persistent' }),
    )
    const applied = zkCode === 0
    claims[claimed === null ? 'unknown' : claimed ? 'applied' : 'notApplied'] += 1
    // Of two deletes nobody can say whose it was: it is gone, as was wanted.
    if (kind === 'delete' && claimed === true && during !== 'nothing') return null
    return claimed === null || claimed === applied ? null : `${applied ? '' : 'not '}applied, but claimed: ${claimed}`
  } finally {
    await ensemble.close()
    await link.close()
  }
}

test('no claim about a broken write is wrong, whatever others do meanwhile', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(plan, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (plans) => {
      const wrong = await Promise.all(plans.map(async (each) => ({ ...each, wrong: await run(each) })))
      expect(wrong.filter((each) => each.wrong !== null)).toEqual([])
    }),
    { numRuns: Math.ceil(RUNS / AT_ONCE), endOnFailure: true },
  )
  process.stdout.write(`${JSON.stringify(claims)}\n`)
  // Who claims nothing is never wrong.
  expect(claims.applied + claims.notApplied).toBeGreaterThan(claims.unknown)
}, 120_000)
