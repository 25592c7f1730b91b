import type { Slices } from './request'

/** How long one turn of the event loop may take, milliseconds. */
const TURN_MS = 8

/** Does all of the work, and lets everybody else have a turn of the event loop now and then. */
export async function finishInTurns<T>(work: Slices<T>): Promise<T> {
  for (;;) {
    const end = performance.now() + TURN_MS
    do {
      const step = work.next()
      if (step.done) return step.value
    } while (performance.now() < end)
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Does all of the work at once. */
export function finish<T>(work: Slices<T>): T {
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
