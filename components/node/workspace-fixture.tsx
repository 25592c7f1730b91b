import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, configure, render, screen } from '@testing-library/react'
import { vi } from 'vitest'
import { dropDraft } from '@/components/editor/draft-store'
import { connectionFixture } from '@/components/live/connection-fixture'
import { Toasts } from '@/components/ui/toast'
import type { LiveClient } from '@/lib/live/client'
import type { ConnectionStatus, LiveMessage } from '@/lib/live/protocol'
import type { ClusterSummary, NodeResponse } from '@/lib/queries/responses'
import { describeError } from '@/lib/text/errors'
import type { StatJson } from '@/lib/znode/stat'
import { type NodeTab, NodeWorkspace } from './node-workspace'

// The parts that are loaded when needed take their time on a machine that runs all tests at once.
configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 60_000 })

export const CLUSTER: ClusterSummary = {
  id: 'test',
  name: 'payments-eu',
  color: '#0b6e5f',
  production: true,
  readOnly: null,
}

export const STAT: StatJson = {
  czxid: '0x100000001',
  mzxid: '0x100000007',
  ctime: 1_700_000_000_000,
  mtime: 1_700_000_100_000,
  version: 7,
  cversion: 0,
  aversion: 0,
  ephemeralOwner: '0x0',
  dataLength: 3,
  numChildren: 0,
  pzxid: '0x100000001',
}

export function node(path: string, data: string | null, stat: Partial<StatJson> = {}): NodeResponse {
  return { path, data: data === null ? null : btoa(data), dataError: null, stat: { ...STAT, ...stat } }
}

/** What the read API answers, by path; a path that is not there is NoNode. */
export const znodes = new Map<string, NodeResponse>()

/** Whether the read API can reach the ensemble. */
export const ensemble = { reachable: true }

function answer(url: string): Response {
  const path = new URL(url, 'http://test').searchParams.get('path') ?? ''
  if (!ensemble.reachable) return Response.json({ error: describeError('Unreachable', {}) }, { status: 503 })
  const found = znodes.get(path)
  if (found) return Response.json(found)
  return Response.json({ error: describeError('NoNode', { path }) }, { status: 404 })
}

const opened = new Set<string>()
const listeners = new Set<(message: LiveMessage) => void>()

const live: LiveClient = {
  viewer: 'stream.tab',
  status: { stream: 'open', lastHeardAt: 1 },
  subscribe(listener) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  onStatus: () => () => undefined,
  release: () => undefined,
  markOwn: vi.fn(),
  isOwn: () => false,
  onOwn: () => () => undefined,
}

/** Somebody changes the znode (null: deletes it), and the live stream says so. */
export function changeElsewhere(path: string, next: NodeResponse | null): void {
  if (next) znodes.set(path, next)
  else znodes.delete(path)
  const change = { path, kind: next ? 'changed' : 'deleted', count: 1, zxid: null, stat: next?.stat ?? null } as const
  act(() => {
    for (const listener of listeners) {
      listener({ type: 'changes', cluster: CLUSTER.id, directories: [], nodes: [change], below: {} })
    }
  })
}

/** The live stream says where the session with the ensemble stands. */
export function connectionIs(status: ConnectionStatus): void {
  const connection = connectionFixture({ status, server: null })
  act(() => {
    for (const listener of listeners) listener({ type: 'connection', cluster: CLUSTER.id, connection })
  })
}

export function openWorkspace(path: string, options: { cluster?: ClusterSummary; tab?: NodeTab } = {}) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  const props = {
    cluster: options.cluster ?? CLUSTER,
    live,
    tab: options.tab ?? 'data',
    onTab: vi.fn(),
    onAction: vi.fn(),
  }
  const onOpen = vi.fn()
  const view = (at: string) => (
    <QueryClientProvider client={queries}>
      <NodeWorkspace {...props} path={at} onOpen={onOpen} />
      <Toasts />
    </QueryClientProvider>
  )
  opened.add(path)
  const { rerender } = render(view(path))
  const go = (to: string) => {
    opened.add(to)
    rerender(view(to))
  }
  return { go, onOpen, queries }
}

export const editor = () => screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Data' })
export const press = async (name: string | RegExp) => {
  const button = await screen.findByRole('button', { name })
  await act(async () => button.click())
}

/** Before each test: an empty ensemble, no drafts, and the parts of a browser that jsdom lacks. */
export function resetWorld(): void {
  cleanup()
  znodes.clear()
  ensemble.reachable = true
  vi.stubGlobal('fetch', async (url: string) => answer(url))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  for (const path of opened) dropDraft(CLUSTER.id, path)
  opened.clear()
}
