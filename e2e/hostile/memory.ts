import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startFakeServer } from '@/lib/zookeeper/testing/fake-server'
import { guardProcess } from '../sandbox/cleanup'
import { ATTACKS, FRIENDLY, scriptOf } from './attacks'

const MIB = 1024 * 1024

export interface Suffered {
  readonly attack: string
  /** MiB above what was held before: at the worst moment, and after a collection at the end. */
  readonly peak: number
  readonly left: number
  readonly connections: number
}

/**
 * Lets a hostile server loose on a session in a process of its own, and measures how its memory grows.
 * `npx tsx e2e/hostile/memory.ts` prints it for all of them.
 */
export async function measureMemory(attack: string): Promise<Suffered> {
  const known = ATTACKS[attack]
  if (known === undefined) throw new Error(`no attack "${attack}"`)
  const friend = await startFakeServer(FRIENDLY)
  const attacker = await startFakeServer(scriptOf(known))
  try {
    const { peak, left, connections } = JSON.parse(await victim(friend.connect, attacker.connect)) as Suffered
    return { attack, peak: peak / MIB, left: left / MIB, connections }
  } finally {
    await Promise.all([friend.close(), attacker.close()])
  }
}

async function victim(...addresses: readonly string[]): Promise<string> {
  const program = fileURLToPath(new URL('victim.ts', import.meta.url))
  const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', program, ...addresses], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  guardProcess(child)
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await once(child, 'close')
  return said
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const attack of Object.keys(ATTACKS)) {
    const { peak, left, connections } = await measureMemory(attack)
    const figures = `at most +${peak.toFixed(1)} MB, afterwards ${left.toFixed(1)} MB`
    process.stdout.write(`${attack.padEnd(42)} ${figures} (${connections} connections)\n`)
  }
}
