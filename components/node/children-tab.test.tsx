// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { changeElsewhere, node, openWorkspace, resetWorld, STAT, znodes } from './workspace-fixture'

vi.mock('@/app/actions/node', () => ({ setNodeData: vi.fn(), createNode: vi.fn(), deleteNode: vi.fn() }))

let names: string[] = []

/** The read API of one directory, "/d". */
function answer(url: string): Response {
  const { pathname, searchParams } = new URL(url, 'http://test')
  if (pathname.endsWith('/children')) {
    const matching = names.filter((name) => name.includes(searchParams.get('filter') ?? ''))
    const list = {
      names: matching,
      total: matching.length,
      unfiltered: names.length,
      from: 0,
      pzxid: '0x1',
      revision: 1,
    }
    return Response.json({ path: '/d', ...list })
  }
  if (pathname.endsWith('/stats')) {
    const stats = searchParams.getAll('name').map((name) => (names.includes(name) ? { ...STAT, dataLength: 41 } : null))
    return Response.json({ path: '/d', stats })
  }
  return Response.json(znodes.get('/d'))
}

beforeEach(() => {
  resetWorld()
  names = ['a', 'job-0000000007', '__proto__']
  znodes.set('/d', node('/d', 'x', { numChildren: 3 }))
  vi.stubGlobal('fetch', async (url: string) => answer(url))
})

test('children are listed with what is known of them, and Enter opens one', async () => {
  const { onOpen } = openWorkspace('/d', { tab: 'children' })
  const grid = await screen.findByRole('grid', { name: 'Children' })
  const row = (await within(grid).findByText('job-0000000007')).closest('[role=row]') as HTMLElement
  await within(row).findByText('41 B')
  expect(row.textContent).toContain('sequential by its name')
  expect(within(grid).getByText('__proto__')).toBeTruthy()
  fireEvent.keyDown(grid, { key: 'ArrowDown' })
  fireEvent.keyDown(grid, { key: 'Enter' })
  expect(onOpen).toHaveBeenCalledWith('/d/job-0000000007')
})

test('the figures of long names are asked for in requests that are short enough', async () => {
  names = Array.from({ length: 8 }, (_, i) => `${String(i).padStart(2, '0')}${'节'.repeat(248)}`)
  const asked: string[] = []
  vi.stubGlobal('fetch', async (url: string) => {
    if (url.includes('/stats?')) asked.push(url)
    return answer(url)
  })
  openWorkspace('/d', { tab: 'children' })
  await waitFor(() => expect(screen.getAllByText('41 B').length).toBe(names.length))
  expect(asked.length).toBeGreaterThan(1)
  for (const url of asked) expect(url.length).toBeLessThan(8 * 1024)
})

test('a filter says how many of how many it shows', async () => {
  openWorkspace('/d', { tab: 'children' })
  await screen.findByText('3 children')
  fireEvent.change(screen.getByRole('textbox', { name: 'Filter the names' }), { target: { value: 'job' } })
  expect(await screen.findByText('1 of 3 children match')).toBeTruthy()
  fireEvent.change(screen.getByRole('textbox', { name: 'Filter the names' }), { target: { value: 'nothing' } })
  expect(await screen.findByText('No child’s name has this in it.')).toBeTruthy()
})

test('a child that comes or goes elsewhere does so here', async () => {
  openWorkspace('/d', { tab: 'children' })
  await screen.findByText('__proto__')
  names = ['a', 'b']
  changeElsewhere('/d/b', node('/d/b', ''))
  expect(await screen.findByText('b')).toBeTruthy()
  await waitFor(() => expect(screen.queryByText('__proto__')).toBeNull())
})
