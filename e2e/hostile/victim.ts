import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'

/** A process of its own, started with --expose-gc: what it grows by is the session's, not the attacker's. */
const ATTACK_MS = 1000
const WARM_UP = 60
const ASK_MS = 300

const collected = (): number => {
  globalThis.gc?.()
  return process.memoryUsage().rss
}

async function ask(session: Session): Promise<void> {
  const options = { timeoutMs: ASK_MS }
  await Promise.allSettled([
    session.exists('/a', options),
    session.getData('/a', options),
    session.getChildren('/a', options),
  ])
}

/** The most that was held during an attack and what was left after it, above what was held before. Bytes. */
async function suffer(address: string): Promise<{ peak: number; left: number; connections: number }> {
  const before = collected()
  let peak = before
  const session = connect({ connect: address, sessionTimeoutMs: 2000 })
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss)
  }, 5)
  const until = performance.now() + ATTACK_MS
  while (performance.now() < until) await ask(session)
  clearInterval(timer)
  const { connections } = session.info
  await session.close()
  return { peak: peak - before, left: collected() - before, connections }
}

/** Compiled code and the first buffers are no growth. */
async function warmUp(address: string): Promise<void> {
  const session = connect({ connect: address })
  for (let i = 0; i < WARM_UP; i++) await ask(session)
  await session.close()
}

const [friend = '', attacker = ''] = process.argv.slice(2)
await warmUp(friend)
process.stdout.write(JSON.stringify(await suffer(attacker)))
