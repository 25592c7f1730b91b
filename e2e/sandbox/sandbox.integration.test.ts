import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { type EnsembleOptions, type SandboxEnsemble, startEnsemble } from './ensemble'
import { fourLetterWord } from './four-letter-word'
import { openRawSession } from './raw-session'
import { passwordOf } from './session-password'
import { until } from './until'
import { zkCli } from './zk-cli'

const running: SandboxEnsemble[] = []

async function start(options: EnsembleOptions): Promise<SandboxEnsemble> {
  const ensemble = await startEnsemble(options)
  running.push(ensemble)
  return ensemble
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((ensemble) => ensemble.stop()))
})

/** A zombie, which has ended but was not yet collected by its parent, does not count as alive. */
function isAlive(pid: number): boolean {
  try {
    return !execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .startsWith('Z')
  } catch {
    return false
  }
}

test('a single server serves clients, and nothing is left of it', async () => {
  const ensemble = await start({ servers: 1 })
  const server = await ensemble.leader()
  expect(await server.mode()).toBe('standalone')
  const cli = await zkCli(ensemble.connect)
  expect(await cli.run('create /a hello')).toBe('Created /a')
  expect(await cli.run('get /a')).toBe('hello')
  await expect(cli.run('get /missing')).rejects.toThrow('Node does not exist: /missing')
  await cli.close()
  const { pid } = server
  await ensemble.stop()
  expect(pid !== null && isAlive(pid)).toBe(false)
  expect(existsSync(ensemble.folder)).toBe(false)
})

test('three servers elect a leader, and another one after kill -9; the killed one comes back', async () => {
  const ensemble = await start({ servers: 3 })
  const first = await ensemble.leader()
  const { pid } = first
  await first.kill()
  expect(first.running).toBe(false)
  expect(pid !== null && isAlive(pid)).toBe(false)
  const second = await ensemble.leader()
  expect(second.id).not.toBe(first.id)
  await first.restart()
  expect(await first.mode()).toBe('follower')
  expect(first.pid).not.toBe(pid)
})

test('a paused server accepts connections and says nothing until it is resumed', async () => {
  const server = await (await start({ servers: 1 })).leader()
  const { clientPort } = server
  server.pause()
  await expect(fourLetterWord(clientPort, 'ruok', 500)).rejects.toThrow('no answer within 500 ms')
  server.resume()
  expect(await fourLetterWord(clientPort, 'ruok')).toBe('imok')
})

test('four-letter words and AdminServer are on, and can be switched off', async () => {
  const open = (await start({ servers: 1 })).servers[0]
  expect(await fourLetterWord(open?.clientPort ?? 0, 'wchp')).not.toContain('whitelist')
  const reply = await fetch(`http://127.0.0.1:${open?.adminPort}/commands/ruok`)
  expect(await reply.text()).toContain('"command" : "ruok"')

  const closed = await start({ servers: 1, fourLetterWords: false, adminServer: false })
  const server = closed.servers[0]
  expect(server?.adminPort).toBeNull()
  expect(await server?.mode()).toBe('standalone')
  expect(await fourLetterWord(server?.clientPort ?? 0, 'mntr')).toContain('not in the whitelist')
  expect(await server?.log()).not.toContain('Started AdminServer')
})

test('an expired session is gone', async () => {
  const ensemble = await start({ servers: 3 })
  const session = await openRawSession(ensemble.servers[0]?.clientPort ?? 0)
  expect(passwordOf(session.sessionId)).toEqual(session.password)
  await ensemble.expireSession(session.sessionId)
  // A follower that has yet to hear of it first takes us in, and then closes the connection.
  const resume = { sessionId: session.sessionId, password: session.password }
  await until('the session no longer exists', async () => {
    const refusal = openRawSession(ensemble.servers[1]?.clientPort ?? 0, resume).catch((error: Error) => error.message)
    return (await refusal) === 'the session no longer exists'
  })
})

test('an older version on request', async () => {
  const ensemble = await start({ servers: 1, version: '3.4.14' })
  expect(ensemble.version).toBe('3.4.14')
  const answer = await fourLetterWord(ensemble.servers[0]?.clientPort ?? 0, 'srvr')
  expect(answer).toContain('Zookeeper version: 3.4.14')
})

interface Foreign {
  readonly process: ChildProcess
  readonly folder: string
  readonly pids: number[]
}

/** Another Node process that starts an ensemble, and tells us of it. */
async function foreignEnsemble(): Promise<Foreign> {
  const script = `import('${fileURLToPath(new URL('ensemble.ts', import.meta.url))}').then(async ({ startEnsemble }) => {
    const { folder, servers } = await startEnsemble({ servers: 3 })
    console.log(JSON.stringify({ folder, pids: servers.map((s) => s.pid) }))
  })`
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: child.stdout })) {
    return { process: child, ...(JSON.parse(line) as Omit<Foreign, 'process'>) }
  }
  throw new Error('it ended without a word')
}

test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)(
  'nothing is left of an ensemble whose owner got %s',
  async (signal) => {
    const foreign = await foreignEnsemble()
    expect(foreign.pids.every(isAlive)).toBe(true)
    foreign.process.kill(signal)
    await until('all is gone', async () => !foreign.pids.some(isAlive) && !existsSync(foreign.folder))
  },
)
