import { setTimeout as delay } from 'node:timers/promises'

/**
 * Asks again and again until the answer is neither null nor false, and returns it.
 * @param what names the condition in the error: "server 1 answers".
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | false>,
  options: { readonly timeoutMs?: number; readonly everyMs?: number } = {},
): Promise<T> {
  const { timeoutMs = 30_000, everyMs = 50 } = options
  const deadline = Date.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== null && answer !== false) return answer
    if (Date.now() > deadline) throw new Error(`Not within ${timeoutMs} ms: ${what}`)
    await delay(everyMs)
  }
}
