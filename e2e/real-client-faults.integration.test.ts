import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest'
import { CLIENT_PLANS } from './clients/client-plans'
import type { ClientProgram } from './clients/client-program'
import { requireClient } from './clients/require-client'
import { VictimScene } from './clients/victim-scene'
import { type SandboxEnsemble, startEnsemble } from './sandbox/ensemble'

/**
 * Two answers of the servers have to agree before a ghost is called one, and between two they rest for twenty times as
 * long as one takes: on a busy machine that is soon ten seconds.
 */
const LONG_SESSION_MS = 40_000
const SHORT_SESSION_MS = 6_000
/** A session has to end first, and the machine may be busy. */
const soon = { timeout: 90_000, interval: 20 }
const TEST = { timeout: 240_000 }

let ensemble: SandboxEnsemble
const programs: { readonly name: string; readonly program: ClientProgram }[] = []
const missing: string[] = []
const scenes: VictimScene[] = []

beforeAll(async () => {
  // Sessions last twenty ticks at most, and two at least.
  ensemble = await startEnsemble({ servers: 3, tickTimeMs: LONG_SESSION_MS / 20 })
  for (const { name, program: getProgram } of CLIENT_PLANS) {
    const program = await requireClient(name, getProgram)
    if ('missing' in program) missing.push(program.missing)
    else programs.push({ name, program })
  }
}, 600_000)

afterEach(async () => {
  await Promise.all(scenes.splice(0).map((scene) => scene.clear()))
})

afterAll(() => ensemble?.stop())

/** Of every client at the same time: most of it is waiting for a session to end. */
async function forEachClient(
  fault: string,
  sessionTimeoutMs: number,
  act: (scene: VictimScene) => Promise<void>,
): Promise<string> {
  await Promise.all(
    programs.map(async ({ name, program }) => {
      const scene = await VictimScene.set(program, ensemble, `/${name}-${fault}`.toLowerCase(), sessionTimeoutMs)
      scenes.push(scene)
      await shownAsSaid(scene)
      await act(scene)
    }),
  )
  return missing.join('; ')
}

/** Every server tells that the victim is connected, and who watches what. */
async function shownAsSaid({ page, said, session }: VictimScene): Promise<void> {
  await vi.waitFor(() => {
    expect(page.names('holds')).toEqual(said.holders)
    expect(page.names('waits')).toEqual(said.waiters)
    expect(page.contenders('holds')).toMatchObject([{ session, connected: true }])
    const edges = page.contenders('waits').map(({ name, waitsOn }) => ({ name, waitsOn }))
    expect(edges).toEqual(said.edges.map(([name, on]) => ({ name, waitsOn: [{ on, proof: 'confirmed' }] })))
    expect(page.ghosts).toEqual([])
  }, soon)
}

/** The next of the line, as it was before, holds: on the page, and as it says itself. */
async function nextHolds({ page, log }: VictimScene, { waiters }: VictimScene['said']): Promise<void> {
  await vi.waitFor(() => {
    expect(page.names('holds')).toEqual(waiters.slice(0, 1))
    expect(page.names('waits')).toEqual(waiters.slice(1))
    expect(log.grants.at(-1)?.endsWith(`/${waiters[0]}`)).toBe(true)
    expect(page.contenders('holds')).toMatchObject([{ connected: true }])
    expect(page.ghosts).toEqual([])
  }, soon)
}

test('killed while it holds: a ghost until its session ends, then the next one holds', TEST, async ({ skip }) => {
  const without = await forEachClient('killed', LONG_SESSION_MS, async (scene) => {
    const { page, said, session, victim } = scene
    await victim.kill()
    await vi.waitFor(() => {
      expect(page.ghosts).toEqual([session])
      expect(page.contenders('holds')).toMatchObject([{ name: said.holders[0], session, connected: false }])
      expect(page.names('waits')).toEqual(said.waiters)
    }, soon)
    await nextHolds(scene, said)
  })
  if (programs.length === 0) skip(without)
})

test(
  'stopped for longer than its session: the next one holds, though it still believes that it does',
  TEST,
  async ({ skip }) => {
    const without = await forEachClient('stopped', SHORT_SESSION_MS, async (scene) => {
      const { said, victim, log } = scene
      victim.pause()
      await nextHolds(scene, said)
      expect(log.contenders.get('c-0')?.state).toBe('holds')
      victim.resume()
      await vi.waitFor(() => expect(scene.lost).toBe(true), soon)
      expect(scene.page.names('holds')).toEqual(said.waiters.slice(0, 1))
    })
    if (programs.length === 0) skip(without)
  },
)

test('cut off from every server: a ghost, and the holder again when it comes back in time', TEST, async ({ skip }) => {
  const without = await forEachClient('cut-off', LONG_SESSION_MS, async (scene) => {
    const { page, said, session, proxies } = scene
    for (const proxy of proxies) {
      proxy.mode = 'black-hole'
      proxy.cut()
    }
    await vi.waitFor(() => expect(page.ghosts).toEqual([session]), soon)
    expect(page.names('holds')).toEqual(said.holders)
    for (const proxy of proxies) {
      proxy.mode = 'forward'
      proxy.cut()
    }
    await shownAsSaid(scene)
    expect(scene.lost).toBe(false)
  })
  if (programs.length === 0) skip(without)
})
