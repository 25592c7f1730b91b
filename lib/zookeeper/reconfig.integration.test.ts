import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type SandboxEnsemble, startEnsemble } from '@/e2e/sandbox/ensemble'
import { zxidParts } from '@/lib/znode/zxid'
import { connect } from './connect'
import type { ConnectOptions, Session } from './session'

const SUPER = 'super:secret'

let ensemble: SandboxEnsemble
const sessions: Session[] = []

beforeAll(async () => {
  const hash = createHash('sha1').update(SUPER).digest('base64')
  ensemble = await startEnsemble({
    servers: 3,
    settings: { reconfigEnabled: 'true' },
    jvmFlags: [`-Dzookeeper.DigestAuthenticationProvider.superDigest=super:${hash}`],
  })
})
afterAll(() => ensemble?.stop())
afterEach(async () => {
  await Promise.all(sessions.splice(0).map((session) => session.close()))
})

/** Connected to the leader, which no test sends away. */
async function open(options: Partial<ConnectOptions> = {}): Promise<Session> {
  const leader = await ensemble.leader()
  const session = connect({ connect: leader.connect, sessionTimeoutMs: 10_000, ...options })
  sessions.push(session)
  return session
}

/** The lines of zoo.cfg, which is what members are made of. */
function lineOf(text: string, id: string): string {
  const line = text.split('\n').find((each) => each.startsWith(`server.${id}=`))
  if (line === undefined) throw new Error(`no server ${id} in ${text}`)
  return line
}

const idsOf = ({ config }: { readonly config: { readonly members: readonly { readonly id: string }[] } }) =>
  config.members.map(({ id }) => id).toSorted()

describe('the configuration of an ensemble', () => {
  it('tells its members and where clients find them', async () => {
    const session = await open()
    const { config, stat } = await session.getConfig()
    expect(config.others).toEqual([])
    // That of zoo.cfg has the first zxid of the first leader.
    expect(zxidParts(config.version ?? -1n)).toEqual({ epoch: expect.any(Number), counter: 0 })
    expect(config.version).toBe(stat.mzxid)
    expect(config.text).toHaveLength(stat.dataLength)
    expect(config.members).toHaveLength(3)
    for (const server of ensemble.servers) {
      expect(config.members.find(({ id }) => id === String(server.id))).toMatchObject({
        role: 'participant',
        addresses: [{ host: '127.0.0.1' }],
        client: { host: '127.0.0.1', port: server.clientPort },
        secureClient: null,
      })
    }
  })

  it('is changed by those alone who may write it', async () => {
    const session = await open()
    const { config } = await session.getConfig()
    const change = { joining: [], leaving: ['3'], fromVersion: config.version ?? -1n }
    await expect(session.reconfig(change)).rejects.toMatchObject({ code: 'NoAuth', path: '/zookeeper/config' })
    expect(idsOf(await session.getConfig())).toEqual(['1', '2', '3'])
  })

  it('loses and gets back a member, each time from the version that was seen', async () => {
    const session = await open({ auth: [{ scheme: 'digest', auth: SUPER }] })
    const leader = await ensemble.leader()
    const follower = ensemble.servers.find((server) => server !== leader)
    const id = String(follower?.id)
    const before = await session.getConfig()
    const line = lineOf(before.config.text, id)
    const fromVersion = before.config.version ?? -1n

    const without = await session.reconfig({ joining: [], leaving: [id], fromVersion }, { timeoutMs: 30_000 })
    expect(idsOf(without)).toEqual(['1', '2', '3'].filter((each) => each !== id))
    expect(without.config.version).toBe(without.stat.mzxid)
    expect(await session.getConfig()).toEqual(without)

    const again = { joining: [line], leaving: [], fromVersion }
    const stale = { code: 'BadVersion', path: '/zookeeper/config', outcomeUnknown: false }
    await expect(session.reconfig(again)).rejects.toMatchObject(stale)
    const seen = without.config.version ?? -1n
    const back = await session.reconfig({ ...again, fromVersion: seen }, { timeoutMs: 30_000 })
    expect(idsOf(back)).toEqual(['1', '2', '3'])
    expect(lineOf(back.config.text, id)).toBe(line)

    const lines = ['1', '2', '3'].map((each) => lineOf(back.config.text, each))
    const members = lines.map((each) => (each === line ? each.replace(':participant', ':observer') : each))
    const current = back.config.version ?? -1n
    const replaced = await session.reconfig({ members, fromVersion: current }, { timeoutMs: 30_000 })
    expect(replaced.config.members.find((member) => member.id === id)?.role).toBe('observer')
  })

  it('refuses what is no member, before it is sent or with words', async () => {
    const session = await open({ auth: [{ scheme: 'digest', auth: SUPER }] })
    const local = { code: 'BadArguments', operation: 'reconfig', zkCode: 0 }
    for (const entry of ['', 'server.4=a:1:2;3,server.5=b:1:2;3', 'server.4=a:1:2;3\nserver.5=b:1:2;3']) {
      const change = { joining: [entry], leaving: [], fromVersion: -1n }
      await expect(session.reconfig(change)).rejects.toMatchObject(local)
      await expect(session.reconfig({ members: [entry], fromVersion: -1n })).rejects.toMatchObject(local)
    }
    const wrong = session.reconfig({ joining: ['server.4=nothing'], leaving: [], fromVersion: -1n })
    await expect(wrong).rejects.toMatchObject({
      code: 'BadArguments',
      zkCode: -8,
      message: expect.stringContaining('server.ID='),
    })
    expect(session.info.connections).toBe(1)
  })
})
