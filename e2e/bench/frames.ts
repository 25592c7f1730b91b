import type { CDPSession, Page } from '@playwright/test'

export interface Frames {
  readonly perSecond: number
  /** ms between two frames. */
  readonly worst: number
  readonly words: string
}

interface Counter {
  times: number[]
  loading: number
  running: boolean
}

/** Counts the animation frames while something is done to the page, and in how many of them a row was still loading. */
export async function framesDuring(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const counter: Counter = { times: [], loading: 0, running: true }
    Object.assign(window, { counter })
    const tree = document.querySelector('[role=tree]')
    const frame = (time: number) => {
      counter.times.push(time)
      if (tree?.querySelector('[data-unloaded]')) counter.loading++
      if (counter.running) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
  })
  const devtools = await page.context().newCDPSession(page)
  // CPU time: what the page itself needs for a frame, however busy the machine is with others.
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  const before = await taskSeconds(devtools)
  await work()
  const busy = (await taskSeconds(devtools)) - before
  await devtools.detach()
  const { times, loading } = await page.evaluate(() => {
    const { counter } = window as unknown as { counter: Counter }
    counter.running = false
    return counter
  })
  const waits = times.slice(1).map((time, i) => time - (times[i] ?? time))
  const seconds = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1_000
  const perSecond = waits.length / seconds
  const worst = Math.max(...waits)
  const share = Math.round((100 * loading) / times.length)
  const words = `${perSecond.toFixed(1)} frames a second over ${seconds.toFixed(1)} s, worst frame ${worst.toFixed(0)} ms, ${((1_000 * busy) / times.length).toFixed(1)} ms of CPU a frame, rows still loading in ${share} % of frames`
  return { perSecond, worst, words }
}

async function taskSeconds(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
}
