import { afterAll, beforeAll, expect, test } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { Ensemble } from '@/lib/ensemble/ensemble'
import vectors from '@/lib/recipes/recipe-vectors.json'
import { ancestorsOf, joinPath } from '@/lib/znode/path'
import { compareBySequence } from '@/lib/znode/sequence'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { readRecipe } from './read-recipe'

let sandbox: SandboxEnsemble
let ensemble: Ensemble
/** Contenders of one directory have owners of their own. */
let clients: Session[]
const { signal } = new AbortController()

beforeAll(async () => {
  sandbox = await startEnsemble({ servers: 3 })
  const options = { connect: sandbox.connect, sessionTimeoutMs: 10_000 }
  clients = Array.from({ length: 8 }, () => connect(options))
  ensemble = new Ensemble({ id: 'test', connect: options, log: () => undefined })
})
afterAll(async () => {
  await ensemble?.close()
  await Promise.all((clients ?? []).map((client) => client.close()))
  await sandbox?.stop()
})

async function makeDirectory(path: string): Promise<void> {
  for (const step of [...ancestorsOf(path).slice(1), path]) {
    await (clients[0] as Session).create(step, null).catch(() => undefined)
  }
}

/** Each child of another session, in the order of its number, as the servers would have made them. */
async function makeChildren(path: string, names: readonly string[], first = 0): Promise<void> {
  await makeDirectory(path)
  for (const [index, name] of [...names].sort(compareBySequence).entries()) {
    await (clients[first + index] as Session).create(joinPath(path, name), null, { mode: 'ephemeral' })
  }
}

const sorted = (values: readonly unknown[] | undefined) => [...(values ?? [])].map(String).sort()

/** Whose rules need nothing but the names and the owners. */
const BY_NAMES = ['T01', 'T02', 'T07', 'T16', 'T20', 'T22', 'T24', 'T25', 'T27']

test.for(BY_NAMES)('%s: a real directory gives the model of the vector', async (id) => {
  const vector = vectors.find((one) => one.id.startsWith(id))
  if (vector?.children === undefined) throw new Error('no such vector')
  const path = `/${id}${vector.base}`
  await makeChildren(path, vector.children)
  const response = await readRecipe(ensemble, path, signal)
  expect(response.settled).toBe(true)
  expect(sorted(response.holders)).toEqual(sorted(vector.expect.holders))
  expect(sorted(response.waiters)).toEqual(sorted(vector.expect.waiters))
  expect(sorted(response.edges)).toEqual(sorted(vector.expect.edges))
})

test('a semaphore that is spread over two directories is read from both', async () => {
  await makeDirectory('/permits')
  await makeChildren('/permits/locks', ['_c_44444444-4444-4444-8444-444444444444-lock-0000000007'])
  await makeChildren('/permits/leases', ['_c_11111111-1111-4111-8111-111111111111-lease-0000000010'], 1)
  const response = await readRecipe(ensemble, '/permits', signal)
  expect(response.recipe).toBe('semaphore')
  expect(response.holders).toEqual(['leases/_c_11111111-1111-4111-8111-111111111111-lease-0000000010'])
})

test('what is told of a directory that changes all the time is one moment, or is said not to be', async () => {
  const path = '/busy'
  await makeDirectory(path)
  let stopped = false
  const queue = Promise.all(
    clients.map(async (client) => {
      while (!stopped) {
        const name = `_c_${crypto.randomUUID()}-lock-`
        const made = await client.create(joinPath(path, name), null, { mode: 'ephemeral-sequential' })
        await client.delete(made.path, -1)
      }
    }),
  )
  try {
    for (let round = 0; round < 30; round++) {
      const { settled, holders, waiters, edges } = await readRecipe(ensemble, path, signal)
      if (!settled) continue
      // Of one moment, every waiter waits on somebody who is there.
      const all = new Set([...holders, ...waiters])
      expect(edges.every(([waiter, on]) => all.has(waiter) && all.has(on))).toBe(true)
    }
  } finally {
    stopped = true
    await queue
  }
  const { settled, holders, recipe } = await readRecipe(ensemble, path, signal)
  expect({ settled, holders, recipe }).toEqual({ settled: true, holders: [], recipe: 'none' })
})

test('of what does not exist it is said so', async () => {
  await expect(readRecipe(ensemble, '/nowhere', signal)).rejects.toMatchObject({ code: 'NoNode' })
})
