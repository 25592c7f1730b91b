import { afterEach, expect, it, vi } from 'vitest'
import { getJson, toAppError } from './get-json'

afterEach(() => vi.unstubAllGlobals())

const failureOf = async (answer: () => Promise<Response>) => {
  vi.stubGlobal('fetch', answer)
  return toAppError(await getJson('/api/clusters').catch((thrown: unknown) => thrown))
}

it('gives the words of the server', async () => {
  const error = { code: 'NoNode', message: 'There is no znode /a.', hint: 'Open another.' }
  expect(await failureOf(async () => Response.json({ error }, { status: 404 }))).toEqual(error)
})

it('has words for what no route has answered', async () => {
  expect(await failureOf(async () => new Response('', { status: 431 }))).toMatchObject({ code: 'BadRequest' })
  const message = 'The server answered 502.'
  expect(await failureOf(async () => new Response('<html>', { status: 502 }))).toMatchObject({ message })
  expect(await failureOf(() => Promise.reject(new TypeError('Failed to fetch')))).toMatchObject({ code: 'Unreachable' })
})
