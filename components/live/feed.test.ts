import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import type { LiveClient } from '@/lib/live/client'
import type { ConnectionView } from '@/lib/live/protocol'
import { connectionQuery } from '@/lib/queries/connection'
import type { LockView } from '@/lib/queries/lock-responses'
import { lockKeys } from '@/lib/queries/locks'
import { connectionFixture } from './connection-fixture'
import { feed } from './feed'

const live = { viewer: 'stream.tab' } as LiveClient

const view = (status: ConnectionView['status']) => connectionFixture({ status })

it('a message about the connection is not undone by an answer that was asked for before', async () => {
  const queries = new QueryClient()
  const answers: ((status: ConnectionView['status']) => void)[] = []
  const { queryKey } = connectionQuery('a', () => live.viewer)
  const observer = new QueryObserver(queries, {
    queryKey,
    queryFn: () =>
      new Promise<{ connection: ConnectionView }>((resolve) => {
        answers.push((status) => resolve({ connection: view(status) }))
      }),
  })
  const stop = observer.subscribe(() => undefined)
  expect(answers).toHaveLength(1)

  feed(queries, live, { type: 'connection', cluster: 'a', connection: view('connected') })
  expect(answers).toHaveLength(2)
  answers[0]?.('connecting')
  answers[1]?.('connected')
  await expect.poll(() => queries.isFetching()).toBe(0)
  expect(observer.getCurrentResult().data?.connection.status).toBe('connected')

  feed(queries, live, { type: 'connection', cluster: 'a', connection: view('reconnecting') })
  expect(answers).toHaveLength(2)
  expect(observer.getCurrentResult().data?.connection.status).toBe('reconnecting')
  stop()
  queries.clear()
})

it('of a lock the latest state stays, and only where this tab shows it', () => {
  const queries = new QueryClient()
  const shown = lockKeys.lock('a', '/shown')
  const told = (path: string, revision: number) =>
    feed(queries, live, { type: 'lock', cluster: 'a', view: { path, revision } as LockView })
  queries.setQueryData(shown, { revision: 1 })
  told('/shown', 3)
  told('/shown', 2)
  told('/other', 1)
  expect(queries.getQueryData<LockView>(shown)?.revision).toBe(3)
  expect(queries.getQueryData(lockKeys.lock('a', '/other'))).toBeUndefined()
  queries.clear()
})
