import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { OPEN_ACL } from '@/lib/znode/acl'
import { connect } from '@/lib/zookeeper/connect'
import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { Session } from '@/lib/zookeeper/session'
import { type Cut, type CuttingLink, startCuttingLink } from '@/lib/zookeeper/testing/cutting-link'
import { Ensemble } from './ensemble'
import { applyTransaction } from './transaction'
import { createNode, createPersistent, deleteNode, writeAcl, writeData } from './writes'

const SET = 5
const SET_ACL = 7
const MULTI = 14
const CREATES = [1, 15, 19, 21]
const DELETE = 2
const READ_ONLY_ACL = [{ scheme: 'world', id: 'anyone', permissions: 1 }]

let sandbox: SandboxEnsemble
let other: Session
let number = 0
const ends: (() => Promise<unknown>)[] = []

beforeAll(async () => {
  sandbox = await startEnsemble({ servers: 3 })
  other = connect({ connect: sandbox.connect, sessionTimeoutMs: 10_000 })
})
afterAll(async () => {
  await other?.close()
  await sandbox?.stop()
})
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

/** A directory of its own, and an ensemble that reaches each of these servers through a link that can be cut. */
async function meet(servers = [0]): Promise<{ root: string; ensemble: Ensemble; links: readonly CuttingLink[] }> {
  const links = await Promise.all(servers.map((index) => startCuttingLink(sandbox.servers[index]?.clientPort ?? 0)))
  const ensemble = new Ensemble({
    id: 'test',
    connect: { connect: links.map((link) => link.connect).join(','), sessionTimeoutMs: 10_000 },
    log: () => undefined,
  })
  ends.push(async () => {
    await ensemble.close()
    await Promise.all(links.map((link) => link.close()))
  })
  const { path: root } = await other.create(`/outcome-${number++}`, null)
  // What the other client has done is there wherever we read.
  await ensemble.sessions.live().sync(root)
  return { root, ensemble, links }
}

type Told = 'applied' | 'not applied' | 'unknown' | string

async function told(write: Promise<unknown>): Promise<Told> {
  try {
    await write
    return 'applied'
  } catch (error) {
    if (!isZooKeeperError(error)) throw error
    if (error.code === 'UnknownOutcome') return 'unknown'
    return error.code === 'ConnectionLoss' && error.message.includes('was not applied') ? 'not applied' : error.code
  }
}

interface Kind {
  readonly opcodes: readonly number[]
  /** What is there before. */
  readonly prepare?: (root: string) => Promise<unknown>
  readonly write: (ensemble: Ensemble, root: string) => Promise<unknown>
  /** Whether it was applied, as another client sees it. */
  readonly isApplied: (root: string) => Promise<boolean>
  /** Default: 'applied'. */
  readonly answered?: Told
}

const bytes = (text: string) => Buffer.from(text)
const seenOf = async (path: string) => {
  const stat = await other.exists(path)
  if (!stat) throw new Error(`${path} is not there`)
  return stat
}
const made = (name: string) => async (root: string) => {
  await other.sync(root)
  return (await other.getChildren(root)).names.some((child) => child.startsWith(name))
}
const prepared = (root: string) => other.create(`${root}/a`, bytes('before'))
const dataIs = (text: string) => async (root: string) => {
  await other.sync(root)
  return (await other.getData(`${root}/a`)).data?.toString() === text
}

const KINDS: Readonly<Record<string, Kind>> = {
  set: {
    opcodes: [SET],
    prepare: prepared,
    write: async (ensemble, root) => writeData(ensemble, `${root}/a`, bytes('after'), await seenOf(`${root}/a`)),
    isApplied: dataIs('after'),
  },
  setAcl: {
    opcodes: [SET_ACL],
    prepare: prepared,
    write: async (ensemble, root) => writeAcl(ensemble, `${root}/a`, READ_ONLY_ACL, await seenOf(`${root}/a`)),
    isApplied: async (root) => {
      await other.sync(root)
      return (await other.getAcl(`${root}/a`)).acl[0]?.permissions === 1
    },
  },
  delete: {
    opcodes: [DELETE],
    prepare: prepared,
    write: async (ensemble, root) => deleteNode(ensemble, `${root}/a`, await seenOf(`${root}/a`)),
    isApplied: async (root) => !(await made('a')(root)),
  },
  create: {
    opcodes: CREATES,
    write: (ensemble, root) => createPersistent(ensemble, `${root}/new`, bytes('x')),
    isApplied: made('new'),
  },
  'create with null and an ACL': {
    opcodes: CREATES,
    write: (ensemble, root) => createNode(ensemble, { path: `${root}/new`, data: null, acl: READ_ONLY_ACL }),
    isApplied: made('new'),
  },
  'create container': {
    opcodes: CREATES,
    write: (ensemble, root) => createNode(ensemble, { path: `${root}/new`, data: bytes('x'), mode: 'container' }),
    isApplied: made('new'),
  },
  'create ephemeral': {
    opcodes: CREATES,
    write: (ensemble, root) => createNode(ensemble, { path: `${root}/new`, data: bytes('x'), mode: 'ephemeral' }),
    isApplied: made('new'),
  },
  'create ephemeral-sequential': {
    opcodes: CREATES,
    write: (ensemble, root) =>
      createNode(ensemble, { path: `${root}/new-`, data: bytes('x'), mode: 'ephemeral-sequential' }),
    isApplied: made('new-'),
  },
  'create persistent-sequential': {
    opcodes: CREATES,
    write: (ensemble, root) =>
      createNode(ensemble, { path: `${root}/new-`, data: bytes('x'), mode: 'persistent-sequential' }),
    isApplied: made('new-'),
    answered: 'unknown',
  },
  multi: {
    opcodes: [MULTI],
    prepare: prepared,
    write: (ensemble, root) =>
      applyTransaction(ensemble, [
        { type: 'check', path: root, version: 0 },
        { type: 'set', path: `${root}/a`, data: bytes('after'), version: 0 },
        { type: 'create', path: `${root}/new`, data: null },
      ]),
    isApplied: made('new'),
  },
  'multi of deletes': {
    opcodes: [MULTI],
    prepare: prepared,
    write: (ensemble, root) => applyTransaction(ensemble, [{ type: 'delete', path: `${root}/a`, version: 0 }]),
    isApplied: async (root) => !(await made('a')(root)),
    // Somebody else may have deleted it.
    answered: 'unknown',
  },
}

/** On a machine that stands still for seconds the link may break by itself before the write is sent: then once more. */
async function breakOnce(kind: Kind, cut: Cut): Promise<{ root: string; claim: Told; answer: number | null }> {
  for (let tries = 1; ; tries++) {
    const { root, ensemble, links } = await meet()
    await kind.prepare?.(root)
    const cuts = links[0]?.cutAt(kind.opcodes, cut)
    const claim = told(kind.write(ensemble, root))
    const answer = await Promise.race([cuts, claim.then(() => 'not cut' as const)])
    if (answer !== 'not cut' && answer !== undefined) return { root, claim: await claim, answer }
    if (tries === 3) throw new Error(`the link was not cut: ${await claim}`)
  }
}

describe.each(Object.entries(KINDS))('a broken %s', (_, kind) => {
  it.each<Cut>(['lost', 'answered'])('whose request was %s is told apart', async (cut) => {
    const { root, claim, answer } = await breakOnce(kind, cut)
    expect(answer).toBe(cut === 'answered' ? 0 : null)
    expect(claim).toBe(cut === 'answered' ? (kind.answered ?? 'applied') : 'not applied')
    expect(await kind.isApplied(root)).toBe(cut === 'answered')
  })
})

describe('what is said to be not applied', () => {
  it.each(['set', 'create', 'delete'])('is never applied later: %s', async (name) => {
    const kind = KINDS[name] as Kind
    const { root, ensemble, links } = await meet([0, 1, 2])
    await kind.prepare?.(root)
    const connected = links.find(({ connect: address }) => address === ensemble.sessions.live().info.server)
    const cuts = connected?.cutAt(kind.opcodes, 'late')
    const claim = await told(kind.write(ensemble, root))
    await cuts
    expect(claim).toBe('not applied')
    // The old connection is still open, and only now its server gets the request.
    expect(await connected?.release()).not.toBe(0)
    expect(await kind.isApplied(root)).toBe(false)
  })

  it('is unknown when the session has expired meanwhile', async () => {
    const { root, ensemble, links } = await meet()
    await prepared(root)
    const { sessionId } = ensemble.sessions.live().info
    const cuts = links[0]?.cutAt([SET], 'lost', () => sandbox.expireSession(sessionId))
    const write = KINDS.set?.write(ensemble, root) as Promise<unknown>
    await expect(write).rejects.toMatchObject({ code: 'UnknownOutcome' })
    await cuts
    expect(ensemble.sessions.live().info.sessionId).not.toBe(sessionId)
    expect(await dataIs('after')(root)).toBe(false)
  })

  it('is known to be applied although the session has expired meanwhile', async () => {
    const { root, ensemble, links } = await meet()
    await prepared(root)
    const { sessionId } = ensemble.sessions.live().info
    void links[0]?.cutAt([SET], 'answered', () => sandbox.expireSession(sessionId))
    expect(await told(KINDS.set?.write(ensemble, root) as Promise<unknown>)).toBe('applied')
    expect(await dataIs('after')(root)).toBe(true)
  })
})

describe('somebody else’s identical write', () => {
  it('is not called ours when it was there before we asked', async () => {
    const { root, ensemble, links } = await meet()
    await prepared(root)
    const seen = await seenOf(`${root}/a`)
    await other.setData(`${root}/a`, bytes('after'), 0)
    await ensemble.sessions.live().sync(root)
    void links[0]?.cutAt([SET], 'lost')
    expect(await told(writeData(ensemble, `${root}/a`, bytes('after'), seen))).toBe('BadVersion')
    void links[0]?.cutAt(CREATES, 'answered')
    await other.create(`${root}/new`, bytes('x'))
    await ensemble.sessions.live().sync(root)
    expect(await told(createPersistent(ensemble, `${root}/new`, bytes('x')))).toBe('NodeExists')
  })

  it('is not called ours when its owner is another session, or its ACL another one', async () => {
    const { root, ensemble, links } = await meet()
    const path = `${root}/new`
    void links[0]?.cutAt(CREATES, 'lost', () => other.create(path, bytes('x'), { mode: 'ephemeral' }))
    expect(await told(createNode(ensemble, { path, data: bytes('x'), mode: 'ephemeral' }))).toBe('unknown')
    await other.delete(path, -1)
    await ensemble.sessions.live().sync(root)
    void links[0]?.cutAt(CREATES, 'lost', () => other.create(path, bytes('x')))
    expect(await told(createNode(ensemble, { path, data: bytes('x'), acl: READ_ONLY_ACL }))).toBe('unknown')
    expect(OPEN_ACL).not.toEqual(READ_ONLY_ACL)
  })
})
