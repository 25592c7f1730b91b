import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type SandboxEnsemble, type EnsembleOptions as SandboxOptions, startEnsemble } from '@/e2e/sandbox/ensemble'
import { openRawSession } from '@/e2e/sandbox/raw-session'
import { until } from '@/e2e/sandbox/until'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { Ensemble } from './ensemble'
import type { EvidenceOptions, GatheredEvidence } from './evidence'

let sandbox: SandboxEnsemble
const sessions: Session[] = []
const ensembles: Ensemble[] = []

async function start(options: Partial<SandboxOptions>): Promise<void> {
  sandbox = await startEnsemble({ servers: 3, ...options })
}

function open(server: number, sessionTimeoutMs = 9000): Session {
  const session = connect({ connect: sandbox.servers[server]?.connect ?? '', sessionTimeoutMs })
  sessions.push(session)
  return session
}

function inspect(evidence: EvidenceOptions, connectString = sandbox.connect): Ensemble {
  const ensemble = new Ensemble({ id: 'e', connect: { connect: connectString }, evidence, log: () => undefined })
  ensembles.push(ensemble)
  return ensemble
}

const WORDS: EvidenceOptions = { adminServers: new Map(), fourLetterWords: true }
const NEITHER: EvidenceOptions = { adminServers: new Map(), fourLetterWords: false }
const admins = (): EvidenceOptions => ({
  adminServers: new Map(sandbox.servers.map((each) => [each.connect, `http://127.0.0.1:${each.adminPort}/commands`])),
  fourLetterWords: false,
})

/** Rounds until one is as it should be. */
function gathered(ensemble: Ensemble, isSo: (seen: GatheredEvidence) => boolean): Promise<GatheredEvidence> {
  return until(
    'the servers tell it',
    async () => {
      const seen = await ensemble.evidence.current(0)
      return isSo(seen) ? seen : null
    },
    { everyMs: 200 },
  )
}

const isComplete = ({ view }: GatheredEvidence) =>
  view.connections === 'by every server' && view.watches === 'by every server'

/** Who holds is connected to one server, who waits for him to another. */
async function lock(
  root: string,
  servers: readonly [number, number] = [0, 2],
): Promise<{ holder: Session; waiter: Session }> {
  const holder = open(servers[0])
  const waiter = open(servers[1])
  await holder.create(root, null)
  await holder.create(`${root}/x-1`, Buffer.from('1'), { mode: 'ephemeral' })
  await waiter.create(`${root}/x-2`, null, { mode: 'ephemeral' })
  await waiter.sync(root)
  await waiter.oneShot.exists(`${root}/x-1`)
  return { holder, waiter }
}

afterEach(async () => {
  for (const each of sandbox.servers) each.resume()
  await Promise.all(sessions.splice(0).map((session) => session.close()))
  await Promise.all(ensembles.splice(0).map((ensemble) => ensemble.close()))
})

/** All that does not depend on who asks, when, and by which session. */
function comparable(
  { evidence, ephemerals, view }: GatheredEvidence,
  { holder, waiter }: { holder: Session; waiter: Session },
) {
  const ids = [holder.info.sessionId, waiter.info.sessionId]
  const watches = [...(evidence.watches ?? [])].map(
    ([path, watching]) => [path, [...watching].filter((id) => ids.includes(id))] as const,
  )
  return {
    told: [view.watches, view.connections, evidence.watchesOfAll, evidence.connectionsOfAll, view.missing],
    watches: watches.filter(([, watching]) => watching.length > 0),
    connections: ids.map((id) => {
      const { client, server, establishedAt, timeoutMs } = evidence.connections?.get(id) ?? {}
      return { client, server, establishedAt, timeoutMs }
    }),
    ephemerals: ids.map((id) => ephemerals?.get(id)),
  }
}

describe.each(['3.4.14', '3.5.10', undefined])('servers of ZooKeeper %s that may be asked', (version) => {
  // The leader must not give up a follower that is paused: it would then be no server that clients can be connected to.
  const settings = { syncLimit: '1000' }
  beforeAll(() => start(version === undefined ? { settings } : { settings, version }))
  afterAll(() => sandbox.stop())

  it('tell who is connected, who watches and who owns what; by words and by AdminServer the same', async () => {
    const both = await lock('/locks')
    const byWords = await gathered(inspect(WORDS), isComplete)
    const found = comparable(byWords, both)
    expect(found).toEqual({
      told: ['by every server', 'by every server', true, true, []],
      watches: [['/locks/x-1', [both.waiter.info.sessionId]]],
      connections: [both.holder, both.waiter].map(({ info }) => ({
        client: expect.stringMatching(/^127\.0\.0\.1:\d+$/),
        server: info.server,
        establishedAt: expect.any(Number),
        timeoutMs: info.timeoutMs,
      })),
      ephemerals: [['/locks/x-1'], ['/locks/x-2']],
    })
    expect(byWords.evidence.upTo).toBeGreaterThanOrEqual((await both.holder.exists('/locks/x-1'))?.czxid ?? 0n)
    if (sandbox.servers[0]?.adminPort === null) return
    expect(comparable(await gathered(inspect(admins()), isComplete), both)).toEqual(found)
  })

  it('tell as paths of a chroot what lies in it, and nothing of the rest', async () => {
    const both = await lock('/chroot')
    await both.holder.create('/chroot-beside', null, { mode: 'ephemeral' })
    const { evidence, ephemerals } = await gathered(inspect(WORDS, `${sandbox.connect}/chroot`), isComplete)
    expect([...(evidence.watches?.keys() ?? [])]).toContain('/x-1')
    expect([...(ephemerals?.values() ?? [])].flat().sort()).toEqual(['/x-1', '/x-2'])
  })

  it('tell of a session without connection, and when it ends at the latest', async () => {
    // A client that is killed: its socket closes, its session stays.
    const raw = await openRawSession(sandbox.servers[1]?.clientPort ?? 0)
    const ensemble = inspect(WORDS)
    await gathered(ensemble, ({ evidence }) => evidence.connections?.has(raw.sessionId) === true)
    raw.vanish()
    const ghost = await gathered(ensemble, (seen) => isComplete(seen) && !seen.evidence.connections?.has(raw.sessionId))
    expect(ghost.evidence.connectionsOfAll).toBe(true)
    const bound = await gathered(ensemble, ({ evidence }) => evidence.expiresInMs?.has(raw.sessionId) === true)
    expect(bound.evidence.expiresInMs?.get(raw.sessionId)).toBeLessThanOrEqual(raw.timeoutMs + 500)
  })

  it('are all of them known only where something says how many there are', async () => {
    const found = await gathered(inspect(WORDS, sandbox.servers[0]?.connect), ({ view }) => view.watches !== 'by none')
    if (version === '3.4.14') {
      expect(found.view).toMatchObject({ watches: 'by some servers', connections: 'by some servers' })
      expect(found.view.missing).toEqual([
        { server: '', what: 'connections', why: 'unknown servers' },
        { server: '', what: 'watches', why: 'unknown servers' },
      ])
    } else expect(isComplete(found)).toBe(true)
  })

  it('do not wait for one that is paused, nor hide what the others say', async () => {
    const leader = sandbox.servers.indexOf(await sandbox.leader())
    const [third = 0, other = 0] = [0, 1, 2].filter((index) => index !== leader)
    const both = await lock('/paused', [leader, other])
    const paused = sandbox.servers[third]
    paused?.pause()
    const all = inspect(WORDS, [leader, other, third].map((index) => sandbox.servers[index]?.connect).join(','))
    const began = performance.now()
    const found = await gathered(all, ({ evidence }) => evidence.watches?.has('/paused/x-1') === true)
    // Four time-outs of two seconds would be one after the other.
    expect(performance.now() - began).toBeLessThan(30_000)
    expect(found.evidence.watchesOfAll).toBe(false)
    expect(found.view.missing).toContainEqual({ server: paused?.connect, what: 'watches', why: 'unreachable' })
    expect(found.evidence.connections?.get(both.waiter.info.sessionId)?.server).toBe(both.waiter.info.server)
  })
})

describe('servers that refuse', () => {
  beforeAll(() => start({ fourLetterWords: false }))
  afterAll(() => sandbox.stop())

  it('tell nothing, and the setting that would show it is named', async () => {
    const { evidence, view, ephemerals } = await inspect(WORDS).evidence.current(0)
    expect(evidence).toMatchObject({ watches: null, connections: null, watchesOfAll: false, connectionsOfAll: false })
    expect([ephemerals, evidence.expiresInMs]).toEqual([null, null])
    const refusals = (what: string, why: string) =>
      sandbox.servers.map(({ connect: server }) => ({ server, what, why }))
    const missing = [...refusals('connections', 'not whitelisted'), ...refusals('watches', 'not whitelisted')]
    expect(view).toEqual({ watches: 'by none', connections: 'by none', asOf: null, missing })
    const off = await inspect(NEITHER).evidence.current(0)
    expect(off.view.missing).toEqual([...refusals('connections', 'not asked'), ...refusals('watches', 'not asked')])
  })

  it('tell through the AdminServer of one what that one knows', async () => {
    const { holder } = await lock('/one')
    const [first, ...others] = sandbox.servers
    const [pair] = admins().adminServers
    const one = inspect({ adminServers: new Map(pair === undefined ? [] : [pair]), fourLetterWords: true })
    const found = await gathered(one, ({ view }) => view.connections === 'by some servers')
    expect(found.evidence.connections?.get(holder.info.sessionId)?.server).toBe(first?.connect)
    expect(found.view.missing).toEqual([
      ...others.map(({ connect: server }) => ({ server, what: 'connections', why: 'not whitelisted' })),
      ...others.map(({ connect: server }) => ({ server, what: 'watches', why: 'not whitelisted' })),
    ])
    // Replicated: one server knows them all.
    expect([...(found.ephemerals?.values() ?? [])].flat().sort()).toEqual(['/one/x-1', '/one/x-2'])
  })
})

describe('an ensemble with a server that is down', () => {
  beforeAll(() => start({}))
  afterAll(() => sandbox.stop())

  it('is told of by all that have clients, as the leader says', async () => {
    const leader = await sandbox.leader()
    const down = sandbox.servers.find((each) => each !== leader)
    await down?.stop()
    const { view, evidence } = await gathered(inspect(WORDS), isComplete)
    expect([view.missing, evidence.connectionsOfAll]).toEqual([[], true])
  })
})
