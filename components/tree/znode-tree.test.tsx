// @vitest-environment jsdom

import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ClusterSummary } from '@/lib/queries/responses'
import { TestServer } from './test-server'
import { ROW_HEIGHT } from './tree-store'
import { ZnodeTree } from './znode-tree'

const CLUSTER: ClusterSummary = { id: 'test', name: 'Test', color: '#000000', production: false, readOnly: null }

let server: TestServer
const onSelect = vi.fn()
const onAction = vi.fn()

beforeEach(() => {
  server = new TestServer()
  vi.stubGlobal('fetch', server.fetch)
  vi.stubGlobal('matchMedia', () => ({ matches: true }))
  vi.stubGlobal(
    'ResizeObserver',
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  )
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(520)
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
  vi.restoreAllMocks()
  onSelect.mockReset()
  onAction.mockReset()
})

function show(selectedPath: string | null = null, cluster = CLUSTER) {
  const tree = (path: string | null) => (
    <ZnodeTree cluster={cluster} live={server.live} selectedPath={path} onSelect={onSelect} onAction={onAction} />
  )
  const view = render(tree(selectedPath))
  return { ...view, select: (path: string) => view.rerender(tree(path)) }
}

const names = () => screen.getAllByRole('treeitem').map((row) => row.getAttribute('aria-label'))
const row = (name: string) => screen.findByRole('treeitem', { name })
const activeName = () => {
  const id = screen.getByRole('tree').getAttribute('aria-activedescendant')
  return document.getElementById(id ?? '')?.getAttribute('aria-label')
}
const press = (...keys: string[]) => {
  for (const key of keys) act(() => void fireEvent.keyDown(screen.getByRole('tree'), { key }))
}

describe('ZnodeTree', () => {
  it('is a tree named Znodes whose rows say their name, level, place and state', async () => {
    server.add('/app/config', '/zookeeper')
    show('/app')
    const app = await row('app')
    await waitFor(() => expect(app).toHaveProperty('ariaExpanded', 'false'))
    expect(screen.getByRole('tree', { name: 'Znodes' })).toBeDefined()
    expect(names()).toEqual(['/', 'app', 'zookeeper'])
    const attributes = ['aria-level', 'aria-posinset', 'aria-setsize', 'aria-selected', 'aria-description']
    expect(attributes.map((name) => app.getAttribute(name))).toEqual(['2', '1', '2', 'true', 'persistent, 1 child'])
    // A leaf says nothing of being expanded.
    expect((await row('zookeeper')).hasAttribute('aria-expanded')).toBe(false)
  })

  it('opens, closes and walks by keyboard, and selects on Enter only', async () => {
    server.add('/a/x', '/a/y', '/b')
    show()
    await row('b')
    press('ArrowDown')
    await waitFor(() => expect(activeName()).toBe('a'))
    press('ArrowRight')
    await row('x')
    expect(activeName()).toBe('a')
    press('ArrowRight')
    expect(activeName()).toBe('x')
    press('ArrowDown', 'ArrowDown')
    expect(activeName()).toBe('b')
    press('Home')
    expect(activeName()).toBe('/')
    press('End')
    expect(activeName()).toBe('b')
    press('ArrowUp', 'ArrowLeft')
    expect(activeName()).toBe('a')
    press('ArrowLeft')
    expect(names()).toEqual(['/', 'a', 'b'])
    expect(onSelect).not.toHaveBeenCalled()
    press('Enter')
    expect(onSelect).toHaveBeenLastCalledWith('/a', { focus: true })
    press(' ')
    expect(onSelect).toHaveBeenLastCalledWith('/a', { focus: false })
    press('N', 'Delete')
    expect(onAction.mock.calls).toEqual([
      ['create-child', '/a'],
      ['delete', '/a'],
    ])
  })

  it('opens all folders beside the active one with an asterisk', async () => {
    server.add('/a/x', '/b/y', '/c')
    show()
    await waitFor(async () => expect((await row('a')).getAttribute('aria-description')).toContain('1 child'))
    press('ArrowDown', '*')
    await row('y')
    expect(names()).toEqual(['/', 'a', 'x', 'b', 'y', 'c'])
    expect(screen.getByText('Opened 2 folders')).toBeDefined()
  })

  it('jumps to what is typed, also where the names are not loaded', async () => {
    for (let i = 0; i < 2_000; i++) server.lists.get('/')?.push(`n${String(i).padStart(4, '0')}`)
    for (const name of server.lists.get('/') ?? []) server.lists.set(`/${name}`, [])
    show()
    await row('n0000')
    press('ArrowDown', 'n', '1', '7', '0', '3')
    await waitFor(() => expect(activeName()).toBe('n1703'))
    // Only what is on the screen is in the document, whatever the length.
    expect(screen.getAllByRole('treeitem').length).toBeLessThan(60)
    const index = (await row('n1703')).getAttribute('aria-posinset')
    expect(index).toBe('1704')
  })

  it('moves the rows that are loading while somebody scrolls past them, and makes none anew', async () => {
    for (let i = 0; i < 4_000; i++) server.lists.get('/')?.push(`n${String(i).padStart(4, '0')}`)
    show()
    await row('n0000')
    const held = new Promise<Response>(() => undefined)
    vi.stubGlobal('fetch', () => held)
    const tree = screen.getByRole('tree')
    const scrollTo = (index: number) => {
      tree.scrollTop = index * ROW_HEIGHT
      fireEvent.scroll(tree)
      return screen.getAllByText('Loading').map((words) => words.parentElement)
    }
    scrollTo(2_000)
    const before = scrollTo(2_000 + 256)
    expect(before.length).toBeGreaterThan(20)
    expect(new Set(scrollTo(2_000 + 2 * 256))).toEqual(new Set(before))
    expect(before.every((element) => element?.isConnected)).toBe(true)
    expect(tree.dataset.scrolling).toBe('')
    await waitFor(() => expect(tree.dataset.scrolling).toBeUndefined())
  })

  it('shows no more than names while the thumb is dragged, in the same rows, and all of it when it rests', async () => {
    for (let i = 0; i < 4_000; i++) server.lists.get('/')?.push(`n${String(i).padStart(4, '0')}`)
    for (const name of server.lists.get('/') ?? []) server.lists.set(`/${name}`, [])
    show()
    await row('n0000')
    press('ArrowDown')
    const tree = screen.getByRole('tree')
    const scrollTo = (index: number) => {
      tree.scrollTop = index * ROW_HEIGHT
      fireEvent.scroll(tree)
    }
    // These names are loaded with the first.
    scrollTo(100)
    scrollTo(200)
    const passing = await row('n0205')
    expect(passing.querySelector('svg')).toBeNull()
    expect(passing.getAttribute('aria-posinset')).toBe('206')
    scrollTo(100)
    expect(passing.isConnected).toBe(true)
    expect(passing.getAttribute('aria-label')).toBe('n0105')
    // The row of the keyboard is there although it is far off the screen.
    expect(activeName()).toBe('n0000')
    await waitFor(async () => expect((await row('n0105')).querySelector('svg')).not.toBeNull())
    expect(passing.isConnected).toBe(false)
  })

  it('goes to a path from outside: opens what is above it and keeps the row of the keyboard there', async () => {
    server.add('/a/b/c/d', '/z')
    const { select } = show()
    await row('z')
    select('/a/b/c/d')
    await row('d')
    expect(activeName()).toBe('d')
    expect((await row('d')).getAttribute('aria-selected')).toBe('true')
    expect(names()).toEqual(['/', 'a', 'b', 'c', 'd', 'z'])
  })

  it('acts on the row under the pointer, not on the selected one', async () => {
    server.add('/a', '/b')
    show('/a')
    fireEvent.contextMenu(await row('b'))
    // The menu is loaded when it is first opened.
    const menu = await screen.findByRole('menu', {}, { timeout: 20_000 })
    fireEvent.click(within(menu).getByRole('menuitem', { name: 'Delete…' }))
    await waitFor(() => expect(onAction).toHaveBeenCalledWith('delete', '/b'))
    expect(onSelect).not.toHaveBeenCalled()
  })

  it('offers no write where nothing may be written, and says why', async () => {
    server.add('/a')
    show(null, { ...CLUSTER, readOnly: 'cluster' })
    fireEvent.contextMenu(await row('a'))
    const item = await screen.findByRole('menuitem', { name: 'Delete…' })
    expect(item.getAttribute('aria-disabled')).toBe('true')
    expect(item.getAttribute('title')).toContain('read-only')
    fireEvent.click(item)
    expect(onAction).not.toHaveBeenCalled()
  })

  it('shows a folder that may not be read with a lock and goes on with all others', async () => {
    server.add('/open/x', '/secret/y')
    server.forbidden.add('/secret')
    show('/secret')
    await row('secret')
    await waitFor(() => expect(activeName()).toBe('secret'))
    press('ArrowRight')
    await screen.findByText('NoAuth: It is NoAuth.')
    expect((await row('secret')).getAttribute('aria-description')).toContain('no READ permission')
    press('ArrowUp', 'ArrowRight')
    await row('x')
    // → on the folder itself tries again.
    server.forbidden.clear()
    press('ArrowDown', 'ArrowDown', 'ArrowRight')
    await row('y')
    expect(screen.queryByText('NoAuth: It is NoAuth.')).toBeNull()
  })

  it('says that an open folder is empty', async () => {
    server.add('/a/x')
    show('/a')
    await waitFor(async () => expect((await row('a')).getAttribute('aria-expanded')).toBe('false'))
    press('ArrowRight')
    await row('x')
    await act(() => server.change('/a', { deleted: ['x'] }))
    await screen.findByText('No children', {}, { timeout: 4_000 })
  })

  it('narrows the folder to what a filter matches and says of how many', async () => {
    server.add('/a/lock-1', '/a/lock-2', '/a/other', '/b')
    show('/a')
    await waitFor(() => expect(activeName()).toBe('a'))
    press('ArrowRight')
    await row('other')
    press('/')
    const input = screen.getByRole('textbox', { name: 'Filter the children of /a' })
    fireEvent.change(input, { target: { value: 'lock' } })
    await waitFor(() => expect(names()).toEqual(['/', 'a', 'lock-1', 'lock-2', 'b']))
    expect(screen.getByText('2 of 3')).toBeDefined()
    fireEvent.keyDown(input, { key: 'Escape' })
    await row('other')
    expect(screen.queryByRole('textbox')).toBeNull()
  })
})
