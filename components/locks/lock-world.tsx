import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { vi } from 'vitest'
import type { LiveClient } from '@/lib/live/client'
import type { LockHistoryResponse, LocksResponse, LockView } from '@/lib/queries/lock-responses'
import { lockKeys } from '@/lib/queries/locks'
import { describeError } from '@/lib/text/errors'
import type { AppError } from '@/lib/znode/app-error'
import { lockHistory, locksResponse } from './lock-fixture'

configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 60_000 })

/** For vi.mock of the live provider. */
export const live: LiveClient = {
  viewer: 'stream.tab',
  status: { stream: 'open', lastHeardAt: 1 },
  subscribe: () => () => undefined,
  onStatus: () => () => undefined,
  release: vi.fn(),
  markOwn: () => undefined,
  isOwn: () => false,
  onOwn: () => () => undefined,
}

/** What the read API answers. */
export const world: {
  view: LockView | AppError
  history: LockHistoryResponse
  locks: LocksResponse | AppError
  /** Every URL that was asked for. */
  asked: string[]
} = { view: describeError('NoNode', {}), history: lockHistory(), locks: locksResponse([]), asked: [] }

let queries = new QueryClient()

function answer(url: string): Response {
  world.asked.push(url)
  const { pathname, searchParams } = new URL(url, 'http://test')
  if (pathname.endsWith('/lock-history')) return Response.json(world.history)
  const found = pathname.endsWith('/locks') ? world.locks : world.view
  if ('code' in found) return Response.json({ error: found }, { status: 400 })
  const from = Number(searchParams.get('from') ?? 0)
  if (from > 0 && 'contenders' in found) return Response.json({ ...found, from, contenders: pageOf(found, from) })
  return Response.json(found)
}

/** Pages behind the head: the last of the head over and over, with their places as numbers. */
function pageOf(view: LockView, from: number): LockView['contenders'] {
  const last = view.contenders.at(-1)
  if (last === undefined) return []
  const count = Math.min(200, view.total - from)
  return Array.from({ length: count }, (_, i) => ({ ...last, name: `page-${from + i}`, path: `/p/page-${from + i}` }))
}

export function show(element: ReactNode) {
  return render(<QueryClientProvider client={queries}>{element}</QueryClientProvider>)
}

/** The stream brings a new state of the lock. */
export function lockBecomes(view: LockView): void {
  world.view = view
  act(() => queries.setQueryData(lockKeys.lock('test', view.path), view))
}

/** The stream brings a new list. */
export function listBecomes(locks: LocksResponse): void {
  world.locks = locks
  act(() => queries.setQueryData(lockKeys.locks('test'), locks))
}

/** Before each test: nothing on the screen, nothing remembered, and what jsdom lacks. */
export function resetLockWorld(): void {
  cleanup()
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  world.asked = []
  world.history = lockHistory()
  world.locks = locksResponse([])
  localStorage.clear()
  vi.stubGlobal('fetch', async (url: string) => answer(url))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  // jsdom lays nothing out: every box is so high that some rows are on the screen.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400)
}
