import { expect, type Page } from '@playwright/test'
import { percentile } from './bench/statistics'
import { ContenderLog } from './clients/contender-log'
import { curatorProgram } from './clients/curator'
import { relative } from './clients/logged-recipe'
import { RealClient } from './clients/real-client'
import { requireClient } from './clients/require-client'
import { CLUSTER, test } from './fixtures'
import { until } from './sandbox/until'

const HAND_OFFS = 120
const CONTENDERS = 51
/** Only says that it works at all: how soon is printed. */
const AT_MOST_MS = 10_000

test('a mutex of Curator with fifty waiters: how soon the next holder is on the screen', async ({
  page,
  world,
  folder,
}, info) => {
  test.setTimeout(480_000)
  const program = await requireClient('Curator', curatorProgram)
  if ('missing' in program) return info.skip(true, program.missing)
  const path = `${folder}/mutex`
  const log = new ContenderLog(path, 'm-')
  const releasedAt = new Map<string, number>()
  const client = RealClient.start(program, world.ensemble.connect, 10_000, (line) => {
    const node = log.contenders.get(line.who ?? '')?.nodes[0]
    if (line.event === 'releasing' && node !== undefined) releasedAt.set(node, line.at)
    log.add(line)
  })
  try {
    await client.tell({ do: 'freeze' })
    await client.tell({ do: 'start', recipe: 'mutex', path, prefix: 'm-', count: CONTENDERS, sessions: 51, holdMs: 0 })
    await until('all are queued', async () => log.isSettled(CONTENDERS, 1), { timeoutMs: 60_000 })
    await page.goto(`/c/${CLUSTER}/locks?path=${encodeURIComponent(path)}`)
    await expect(page.locator('[data-contender]').first()).toContainText('holds')
    await notePaints(page)

    const changes: { readonly name: string; readonly at: number }[] = []
    for (let count = log.grants.length; changes.length < HAND_OFFS; count++) {
      const holder = log.grants.at(-1) ?? ''
      const who = log.nodes.get(holder)?.who ?? ''
      // It queues again at once, so that there are always fifty who wait.
      await client.tell({ do: 'acquire', who })
      await client.tell({ do: 'release', who })
      await until('the next one holds', async () => log.grants.length > count && log.isSettled(CONTENDERS, 1), {
        everyMs: 2,
      })
      changes.push({ name: relative(path, log.grants.at(-1) ?? ''), at: releasedAt.get(holder) ?? Number.NaN })
      // Some five hand-offs a second, never in step with anybody's timer: what a person can follow.
      await new Promise((next) => setTimeout(next, 150 + Math.random() * 100))
    }
    const last = changes.at(-1)?.name ?? ''
    await until('the last holder is on the screen', async () => (await paints(page)).has(last))
    const waits = waitsOf(changes, await paints(page))
    const [p50, p99] = [percentile(waits, 0.5), percentile(waits, 0.99)]
    const figures = `p50 ${p50.toFixed(0)} ms, p99 ${p99.toFixed(0)} ms, ${waits.length} hand-offs`
    const line = `release -> next holder on screen, Curator mutex with 50 waiters: ${figures}`
    process.stdout.write(`${line}\n`)
    info.annotations.push({ type: 'figures', description: line })
    expect(waits).toHaveLength(HAND_OFFS)
    expect(p99).toBeLessThan(AT_MOST_MS)
  } finally {
    await client.kill()
  }
})

/** ms from the moment at which the client says that it will release until the next holder, or one after it, is shown. */
function waitsOf(
  changes: readonly { readonly name: string; readonly at: number }[],
  seen: ReadonlyMap<string, number>,
): number[] {
  let painted = Number.POSITIVE_INFINITY
  return changes
    .toReversed()
    .map(({ name, at }) => {
      painted = Math.min(seen.get(name) ?? Number.POSITIVE_INFINITY, painted)
      return painted - at
    })
    .reverse()
}

/** In the page: when the first frame with each holder had been painted, ms since 1970. */
async function notePaints(page: Page): Promise<void> {
  await page.evaluate(() => {
    const seen = new Map<string, number>()
    Object.assign(window, { paints: seen })
    const noted = new Set<string>()
    const note = (name: string) => {
      if (noted.has(name)) return
      noted.add(name)
      // A message that is sent from an animation frame is handled after that frame has been painted.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = () => void seen.set(name, performance.timeOrigin + performance.now())
        port2.postMessage(null)
      })
    }
    new MutationObserver(() => {
      for (const card of document.querySelectorAll<HTMLElement>('[data-contender]')) {
        if (/holds (for|since) /.test(card.textContent)) note(card.dataset.contender ?? '')
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
}

async function paints(page: Page): Promise<ReadonlyMap<string, number>> {
  return new Map(await page.evaluate(() => [...(window as unknown as { paints: Map<string, number> }).paints]))
}
