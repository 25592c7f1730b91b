// @vitest-environment jsdom
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { CurrentCluster } from '@/components/shell/current-cluster'
import { Toasts } from '@/components/ui/toast'
import type { ContenderView } from '@/lib/queries/lock-responses'
import type { ClusterSummary, NodeResponse } from '@/lib/queries/responses'
import { describeError } from '@/lib/text/errors'
import { contender, queueOf } from '../lock-fixture'
import { LockSceneProvider } from '../lock-scene'
import { live, resetLockWorld } from '../lock-world'
import { ActsHost } from './acts-host'
import { ContenderMenu } from './contender-menu'

const actions = vi.hoisted(() => ({ deleteNode: vi.fn(), askToRelease: vi.fn() }))
vi.mock('@/components/live/live-provider', () => ({ useLive: () => live }))
vi.mock('@/app/actions/node', () => ({ deleteNode: actions.deleteNode }))
vi.mock('@/app/actions/lock', () => ({ askToRelease: actions.askToRelease }))
vi.mock('next/navigation', () => ({ useRouter: () => ({ push: vi.fn() }) }))

const CLUSTER: ClusterSummary = { id: 'test', name: 'payments-eu', color: '#0b6e5f', production: true, readOnly: null }
const LOCK = '/locks/settlement'

/** What the read API holds, by path. */
const znodes = new Map<string, NodeResponse>()

function node({ path, czxid }: ContenderView, version = 0): NodeResponse {
  const stat = {
    czxid: czxid ?? '0x1',
    mzxid: czxid ?? '0x1',
    ctime: 1,
    mtime: 1,
    version,
    cversion: 0,
    aversion: 0,
    ephemeralOwner: '0x1000',
    dataLength: 0,
    numChildren: 0,
    pzxid: '0x1',
  }
  return { path, data: '', dataError: null, stat }
}

let queries = new QueryClient()

function view(contenders: readonly ContenderView[], cluster: ClusterSummary) {
  return (
    <QueryClientProvider client={queries}>
      <CurrentCluster value={cluster}>
        <LockSceneProvider cluster="test" lock={LOCK} kind="mutex" at={1} menu={ContenderMenu}>
          <ActsHost>
            <main>
              {contenders.map((one, index) => (
                // As in the table: a row stays, who is in it changes.
                <ContenderMenu key={String(index)} cluster="test" contender={one} kind="mutex" />
              ))}
            </main>
          </ActsHost>
        </LockSceneProvider>
        <Toasts />
      </CurrentCluster>
    </QueryClientProvider>
  )
}

const choose = async (item: string | RegExp) => {
  fireEvent.click(await screen.findByRole('menuitem', { name: item }))
}
const openMenu = (one: ContenderView) =>
  fireEvent.click(screen.getByRole('button', { name: `What to do with ${one.name}` }))

beforeEach(() => {
  resetLockWorld()
  queries = new QueryClient({ defaultOptions: { queries: { retry: false } } })
  znodes.clear()
  actions.deleteNode.mockReset()
  actions.askToRelease.mockReset()
  vi.stubGlobal('fetch', async (url: string) => {
    const path = new URL(url, 'http://test').searchParams.get('path') ?? ''
    const found = znodes.get(path)
    if (found !== undefined) return Response.json(found)
    return Response.json({ error: describeError('NoNode', { path }) }, { status: 404 })
  })
})

test('a question stays about whom it was asked, when somebody else moves into the row', async () => {
  const [holder, next] = queueOf(1) as [ContenderView, ContenderView]
  for (const one of [holder, next]) znodes.set(one.path, node(one))
  const { rerender } = render(view([holder, next], CLUSTER))
  openMenu(holder)
  await choose('Delete znode…')
  const question = await screen.findByRole('alertdialog')
  await within(question).findByRole('button', { name: 'Delete' })
  rerender(view([next], CLUSTER))
  expect(screen.getByRole('alertdialog').textContent).toContain(holder.path)
})

test('deletes exactly the version, and the znode, that is shown', async () => {
  const holder = contender(7, { state: 'holds' })
  znodes.set(holder.path, node(holder, 3))
  actions.deleteNode.mockResolvedValue({ ok: true, value: { zxid: '0x5' } })
  render(view([holder], CLUSTER))
  openMenu(holder)
  await choose('Delete znode…')
  const button = await screen.findByRole('button', { name: 'Delete' })
  expect(screen.getByRole('alertdialog').textContent).toContain('payments-eu')
  expect(screen.getByRole('alertdialog').textContent).toContain('two may believe that they hold it')
  await act(async () => button.click())
  expect(actions.deleteNode).toHaveBeenCalledExactlyOnceWith({
    cluster: 'test',
    path: holder.path,
    version: 3,
    czxid: holder.czxid,
    mzxid: holder.czxid,
  })
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
})

test('a znode that is another one by now, or gone, cannot be deleted', async () => {
  const holder = contender(7, { state: 'holds' })
  znodes.set(holder.path, node({ ...holder, czxid: '0xbeef' }))
  render(view([holder], CLUSTER))
  openMenu(holder)
  await choose('Delete znode…')
  await screen.findByText(/another znode now/)
  expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull()
  fireEvent.click(screen.getByRole('button', { name: 'Close' }))

  const gone = contender(8)
  render(view([gone], CLUSTER))
  openMenu(gone)
  await choose('Delete znode…')
  await screen.findByText(/gone already/)
  expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull()
})

test('only a revocable lock is offered to be asked; a lost answer is never called a failure', async () => {
  const plain = contender(7, { state: 'holds' })
  const { unmount } = render(view([plain], CLUSTER))
  openMenu(plain)
  await screen.findByRole('menuitem', { name: 'Delete znode…' })
  expect(screen.queryByRole('menuitem', { name: 'Ask to release…' })).toBeNull()
  unmount()

  const revocable = contender(8, { state: 'holds', revocable: true })
  znodes.set(revocable.path, node(revocable))
  actions.askToRelease.mockRejectedValue(new Error('the answer was lost'))
  render(view([revocable], CLUSTER))
  openMenu(revocable)
  await choose('Ask to release…')
  const button = await screen.findByRole('button', { name: 'Ask to release' })
  znodes.set(revocable.path, { ...node(revocable, 1), data: btoa('__REVOKE__') })
  await act(async () => button.click())
  await screen.findByText(/it was asked\./)
  expect(actions.askToRelease).toHaveBeenCalledTimes(1)
})

test('on a read-only cluster both are shown and cannot be chosen, with the reason', async () => {
  const revocable = contender(8, { state: 'holds', revocable: true })
  render(view([revocable], { ...CLUSTER, readOnly: 'cluster' }))
  openMenu(revocable)
  for (const name of ['Ask to release…', 'Delete znode…']) {
    const item = await screen.findByRole('menuitem', { name })
    expect(item.getAttribute('aria-disabled')).toBe('true')
    expect(item.title).toMatch(/read-only/)
  }
})
