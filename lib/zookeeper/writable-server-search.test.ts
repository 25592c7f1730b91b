import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { Server } from './connect-string'
import type { ServerStatus } from './server-status'
import { WritableServerSearch } from './writable-server-search'

const A: Server = { host: '127.0.0.1', port: 1 }
const B: Server = { host: '127.0.0.2', port: 1 }
const READ_ONLY: ServerStatus = { mode: 'read-only', zxid: 7n, notServing: false, answered: true, version: null }
const WRITABLE: ServerStatus = { mode: 'follower', zxid: 7n, notServing: false, answered: true, version: null }

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function newSearch(b: () => Promise<ServerStatus>, lastZxid = 7n) {
  const startedAt = Date.now()
  const askedAt: number[] = []
  const found: Server[] = []
  const ask = (server: Server) => {
    if (server === A) return Promise.resolve(READ_ONLY)
    askedAt.push((Date.now() - startedAt) / 1000)
    return b()
  }
  const link = { servers: [A, B], lastZxid: () => lastZxid, found: (server: Server) => void found.push(server) }
  return { search: new WritableServerSearch(link, ask, () => 0), askedAt, found }
}

it('finds the server that takes writes, and asks no more', async () => {
  let status = READ_ONLY
  const { search, askedAt, found } = newSearch(() => Promise.resolve(status))
  search.start()
  await vi.advanceTimersByTimeAsync(1500)
  expect(found).toEqual([])
  status = WRITABLE
  await vi.advanceTimersByTimeAsync(60_000)
  expect(found).toEqual([B])
  expect(askedAt).toEqual([1, 3])
})

it('asks ever more rarely, also when it is started again, until a writable server has taken the session', async () => {
  const { search, askedAt } = newSearch(() => Promise.reject(new Error('refused')))
  search.start()
  await vi.advanceTimersByTimeAsync(40_000)
  expect(askedAt).toEqual([1, 3, 7, 15, 25, 35])
  search.start()
  await vi.advanceTimersByTimeAsync(9000)
  expect(askedAt).toHaveLength(6)
  search.reset()
  search.start()
  await vi.advanceTimersByTimeAsync(1000)
  expect(askedAt.at(-1)).toBe(50)
})

it.each([
  ['is behind what the session has seen', { ...WRITABLE, zxid: 6n }],
  ['serves nobody', { mode: null, zxid: null, notServing: true, answered: true, version: null }],
])('passes by a server that %s', async (_, status) => {
  const { search, askedAt, found } = newSearch(() => Promise.resolve(status))
  search.start()
  await vi.advanceTimersByTimeAsync(3000)
  expect(askedAt).toEqual([1, 3])
  expect(found).toEqual([])
})

it('does not use an answer that comes after the end', async () => {
  let answer: (status: ServerStatus) => void = () => undefined
  const { search, askedAt, found } = newSearch(() => new Promise((resolve) => (answer = resolve)))
  search.start()
  await vi.advanceTimersByTimeAsync(1000)
  search.stop()
  answer(WRITABLE)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(askedAt).toEqual([1])
  expect(found).toEqual([])
})
