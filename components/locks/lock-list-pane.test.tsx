// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react'
import { createRef } from 'react'
import { beforeEach, expect, test, vi } from 'vitest'
import { describeError } from '@/lib/text/errors'
import { locksResponse, summary } from './lock-fixture'
import { LockListPane } from './lock-list-pane'
import { listBecomes, live, resetLockWorld, show, world } from './lock-world'

vi.mock('@/components/live/live-provider', () => ({ useLive: () => live }))

const select = vi.fn()
const open = () =>
  show(<LockListPane cluster="test" selected={null} onSelect={select} listRef={createRef<HTMLDivElement>()} />)
const paths = () => screen.getAllByRole('option').map((row) => row.getAttribute('data-path'))
const A = summary('/locks/a', { waiting: 11 })
const B = summary('/locks/b', { waiting: 3 })
const C = summary('/jobs/c')

beforeEach(() => {
  resetLockWorld()
  select.mockClear()
  world.locks = locksResponse([A, B, C])
})

test('the most contended first, each with the one thing to know', async () => {
  world.locks = locksResponse([
    A,
    summary('/locks/inventory', {
      holding: 0,
      waiting: 2,
      findings: [{ code: 'no-holder', severity: 'danger', certainty: 'certain' }],
    }),
    summary('/locks/accounts', {
      findings: [{ code: 'possible-deadlock', severity: 'danger', certainty: 'possible' }],
    }),
    summary('/semaphores/export', { kind: 'semaphore', holding: 4, permits: 4 }),
  ])
  open()
  expect(await screen.findByText('11 wait')).toBeTruthy()
  expect(screen.getByText('no holder')).toBeTruthy()
  expect(screen.getByText('deadlock?')).toBeTruthy()
  expect(screen.getByText('4 of 4')).toBeTruthy()
  expect(screen.getByText('4 found · by contention')).toBeTruthy()
})

test('rows keep their places under the pointer; the new order waits for a word', async () => {
  open()
  const list = await screen.findByRole('listbox', { name: 'All locks' })
  fireEvent.pointerEnter(list)
  listBecomes({ ...locksResponse([{ ...B, waiting: 40 }, A, C]), revision: 2 })
  expect(await screen.findByText('40 wait')).toBeTruthy()
  expect(paths()).toEqual(['/locks/a', '/locks/b', '/jobs/c'])
  fireEvent.click(screen.getByRole('button', { name: 'Order changed · sort again' }))
  expect(paths()).toEqual(['/locks/b', '/locks/a', '/jobs/c'])
})

test('a lock that goes away keeps its row while somebody works in the list, crossed out', async () => {
  open()
  const list = await screen.findByRole('listbox', { name: 'All locks' })
  fireEvent.focus(list)
  listBecomes({ ...locksResponse([A, C]), revision: 2 })
  expect(await screen.findByText('gone')).toBeTruthy()
  expect(paths()).toEqual(['/locks/a', '/locks/b', '/jobs/c'])
  fireEvent.blur(list)
  expect(paths()).toEqual(['/locks/a', '/jobs/c'])
})

test('arrows move, letters jump, Enter shows', async () => {
  open()
  const list = await screen.findByRole('listbox', { name: 'All locks' })
  fireEvent.keyDown(list, { key: 'ArrowDown' })
  fireEvent.keyDown(list, { key: 'Enter' })
  expect(select).toHaveBeenLastCalledWith('/locks/b')
  fireEvent.keyDown(list, { key: 'c' })
  fireEvent.keyDown(list, { key: 'Enter' })
  expect(select).toHaveBeenLastCalledWith('/jobs/c')
})

test('a pinned lock stands first, also after the page was loaded again', async () => {
  const first = open()
  await screen.findByRole('listbox')
  fireEvent.click(document.querySelector('[data-path="/jobs/c"] [data-pin]') as Element)
  expect(paths()[0]).toBe('/jobs/c')
  first.unmount()
  open()
  await waitFor(() => expect(paths()[0]).toBe('/jobs/c'))
})

test('the filter looks at paths and libraries, and says how many of how many fit', async () => {
  open()
  await screen.findByRole('listbox')
  const filter = screen.getByRole('textbox', { name: 'Filter locks' })
  fireEvent.change(filter, { target: { value: 'jobs' } })
  await waitFor(() => expect(paths()).toEqual(['/jobs/c']))
  expect(screen.getByText('1 of 3')).toBeTruthy()
  fireEvent.change(filter, { target: { value: 'no such lock' } })
  expect(await screen.findByText(/^No lock’s path or library/)).toBeTruthy()
})

test('two thousand locks cost the rows that are on the screen', async () => {
  world.locks = locksResponse(Array.from({ length: 2_000 }, (_, i) => summary(`/locks/${i}`)))
  open()
  const list = await screen.findByRole('listbox', { name: 'All locks' })
  expect(screen.getAllByRole('option').length).toBeLessThan(60)
  fireEvent.keyDown(list, { key: 'End' })
  await waitFor(() => expect(paths()).toContain('/locks/1999'))
})

test('an empty list says what was looked at, what could not be seen and which setting would show it', async () => {
  world.locks = locksResponse([])
  open()
  expect(await screen.findByText('No lock was found.')).toBeTruthy()
  expect(screen.getByText(/^Looked at 120 znodes, one by one/)).toBeTruthy()
  expect(screen.getByText(/4lw\.commands\.whitelist/)).toBeTruthy()
})

test('a search shows how far it is and can be stopped', async () => {
  world.locks = locksResponse([A], { state: 'searching', looked: 40, left: 60, finishedAt: null })
  open()
  expect(await screen.findByText('Searching: 40 znodes looked at, 60 known to be left')).toBeTruthy()
  world.locks = locksResponse([A], { state: 'stopped', looked: 45, left: 55 })
  fireEvent.click(screen.getByRole('button', { name: 'Stop' }))
  expect(await screen.findByText('Stopped after 45 znodes; 55 known to be left')).toBeTruthy()
  expect(world.asked.some((url) => url.includes('search=stop'))).toBe(true)
  expect(screen.getByRole('button', { name: 'Search again' })).toBeTruthy()
})

test('a list that cannot be read says why', async () => {
  world.locks = describeError('Unreachable', {})
  open()
  expect((await screen.findByRole('alert')).textContent).toContain('Unreachable')
})
