import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Informant, Reply } from '@/lib/zookeeper/informant'
import { AskedServer } from './asked-server'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const REQUEST = { timeoutMs: 1, maxBytes: 1, onTraffic: () => undefined }
const TOLD = { value: [], complete: true }

/** Answers what it is set to, and counts how often it was asked. */
function source() {
  const state = { connections: TOLD as Reply<[]>, watches: TOLD as object, asked: 0 }
  const answer = (question: 'connections' | 'watches') => async () => {
    state.asked += 1
    return state[question]
  }
  const informant = { connections: answer('connections'), watches: answer('watches') } as unknown as Informant
  return { state, informant }
}

const SERVER = { host: 'zk1', port: 2181 }
const at = (admin: Informant | null, words: Informant | null) => new AskedServer('zk1:2181', SERVER, { admin, words })

describe('a server that refuses', () => {
  it('is asked that again after a minute, and anything else meanwhile', async () => {
    const { state, informant } = source()
    const server = at(null, informant)
    state.watches = { silent: 'not whitelisted' }
    expect(await server.ask('watches', REQUEST)).toEqual({ silent: 'not whitelisted' })
    vi.advanceTimersByTime(59_000)
    expect(await server.ask('connections', REQUEST)).toBe(TOLD)
    expect(await server.ask('watches', REQUEST)).toEqual({ silent: 'not whitelisted' })
    expect(state.asked).toBe(2)
    vi.advanceTimersByTime(1001)
    state.watches = TOLD
    expect(await server.ask('watches', REQUEST)).toBe(TOLD)
  })

  it('or is not there is left alone with every question for ten seconds', async () => {
    const { state, informant } = source()
    const server = at(null, informant)
    state.connections = { silent: 'unreachable' }
    await server.ask('connections', REQUEST)
    expect(await server.ask('watches', REQUEST)).toEqual({ silent: 'unreachable' })
    expect(state.asked).toBe(1)
    vi.advanceTimersByTime(10_001)
    expect(await server.ask('watches', REQUEST)).toBe(TOLD)
  })
})

describe('a server with an AdminServer', () => {
  it('is asked there first, and by words when that fails', async () => {
    const [admin, words] = [source(), source()]
    const server = at(admin.informant, words.informant)
    await server.ask('connections', REQUEST)
    expect([server.lastBy, words.state.asked]).toEqual(['admin', 0])
    admin.state.watches = { silent: 'forbidden' }
    expect(await server.ask('watches', REQUEST)).toBe(TOLD)
    expect(server.lastBy).toBe('words')
  })

  it('that is off is known by what it answers to words', async () => {
    const [admin, words] = [source(), source()]
    const server = at(admin.informant, words.informant)
    admin.state.connections = { silent: 'unreachable' }
    words.state.connections = { silent: 'not whitelisted' }
    expect(await server.ask('connections', REQUEST)).toEqual({ silent: 'admin server off' })
    words.state.connections = { silent: 'unreachable' }
    vi.advanceTimersByTime(60_001)
    expect(await server.ask('connections', REQUEST)).toEqual({ silent: 'unreachable' })
  })
})

it('without a way to ask nothing is asked', async () => {
  expect(await at(null, null).ask('dump', REQUEST)).toEqual({ silent: 'not asked' })
})
