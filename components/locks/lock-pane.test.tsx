// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { describeError } from '@/lib/text/errors'
import { contender, lockView, NO_FIGURES, queueOf } from './lock-fixture'
import { LockPane } from './lock-pane'
import { live, lockBecomes, resetLockWorld, show, world } from './lock-world'

vi.mock('@/components/live/live-provider', () => ({ useLive: () => live }))

const PATH = '/locks/settlement'
const open = (path = PATH) => show(<LockPane cluster="test" path={path} menu={null} />)
const picture = () => screen.findByRole('list', { name: 'Who holds, and who waits, in order' })

beforeEach(() => {
  resetLockWorld()
  world.view = lockView()
})

test('a mutex: whose rules, figures, holder, and each waiter with the one it waits for and how that is known', async () => {
  open()
  const list = await picture()
  expect(screen.getByText('mutex · Curator InterProcessMutex')).toBeTruthy()
  expect(screen.getByText('the layout alone cannot tell it from a LeaderSelector')).toBeTruthy()
  expect(screen.getAllByText('0.98 s').length).toBeGreaterThan(0)
  expect(screen.getByText('61 / min')).toBeTruthy()
  expect(screen.getByText('41,890')).toBeTruthy()
  const cards = within(list).getAllByRole('listitem')
  expect(cards).toHaveLength(4)
  expect(cards[0]?.textContent).toContain('…41878')
  expect(cards[0]?.textContent).toMatch(/holds for .*, seen/)
  expect(cards[1]?.textContent).toContain('on …41878')
  expect(cards[1]?.textContent).toContain('watch seen')
})

test('what was not seen is said: a holder from before, an assumed edge, a contradicted one', async () => {
  const [holder, first, second] = queueOf(2) as [
    ReturnType<typeof contender>,
    ReturnType<typeof contender>,
    ReturnType<typeof contender>,
  ]
  world.view = lockView({
    contenders: [
      { ...holder, heldSince: null },
      { ...first, waitsOn: [{ on: holder.name, proof: 'unknown' }] },
      { ...second, waitsOn: [{ on: first.name, proof: 'contradicted', watches: holder.name }] },
    ],
    figures: NO_FIGURES,
  })
  open()
  const cards = within(await picture()).getAllByRole('listitem')
  expect(cards[0]?.textContent).toContain('holds since before we looked')
  expect(cards[1]?.textContent).toContain('assumed by the library’s rule')
  expect(cards[2]?.textContent).toContain('contradicted: its session watches …41878')
  expect(screen.getByText('held, none seen yet')).toBeTruthy()
})

test('an address that only the data claims is called so, and a session without connection with its end', async () => {
  const [holder, waiter] = queueOf(1) as [ReturnType<typeof contender>, ReturnType<typeof contender>]
  world.view = lockView({
    contenders: [
      { ...holder, client: null, server: null, connected: null },
      { ...waiter, client: null, connected: false, expiresInMs: 18_000 },
    ],
  })
  open()
  const cards = within(await picture()).getAllByRole('listitem')
  expect(cards[0]?.textContent).toContain('claims 10.4.7.19')
  expect(cards[1]?.textContent).toContain('not connected')
  await waitFor(() => expect(cards[1]?.textContent).toMatch(/not connected · ≤ 1\d s/))
})

test('a hand-off on the stream moves the next one up', async () => {
  open()
  await picture()
  const [, next, ...others] = queueOf(3) as [unknown, ReturnType<typeof contender>, ...ReturnType<typeof contender>[]]
  lockBecomes(lockView({ revision: 2, contenders: [{ ...next, state: 'holds', waitsOn: [] }, ...others] }))
  const cards = within(await picture()).getAllByRole('listitem')
  expect(cards[0]?.textContent).toContain('…41879')
  expect(cards[0]?.textContent).toContain('holds since before we looked')
})

test('nobody holds: said in the picture where the holder would stand', async () => {
  world.view = lockView({ contenders: queueOf(2).slice(1) })
  open()
  expect(within(await picture()).getByText('Nobody holds it')).toBeTruthy()
})

test('ten thousand waiters: a dozen cards, and the table from there on, in pages', async () => {
  world.view = lockView({ contenders: queueOf(199), total: 10_000, waiting: 9_999 })
  open()
  const more = await screen.findByRole('button', { name: /more: show them in the table/ })
  expect(within(await picture()).getAllByRole('listitem').length).toBeLessThan(15)
  fireEvent.click(more)
  const grid = await screen.findByRole('grid', { name: 'Everyone who takes part, in order' })
  expect(grid.getAttribute('aria-rowcount')).toBe('10001')
  expect(within(grid).getAllByRole('row').length).toBeLessThan(60)
  fireEvent.keyDown(grid, { key: 'End' })
  await waitFor(() => expect(within(grid).getByText('page-9999')).toBeTruthy())
  expect(world.asked.some((url) => url.includes('from=9800'))).toBe(true)
})

test('a read-write lock has two lanes, with readers that hold together in one box', async () => {
  const readers = [1, 2, 3].map((n) => contender(n, { state: 'holds', lane: 'shared', heldSince: null }))
  const writer = contender(4, { lane: 'exclusive', waitsOn: [{ on: readers[2]?.name ?? '', proof: 'unknown' }] })
  const late = [5, 6].map((n) => contender(n, { lane: 'shared', waitsOn: [{ on: writer.name, proof: 'unknown' }] }))
  world.view = lockView({ kind: 'read-write-lock', permits: null, contenders: [...readers, writer, ...late] })
  open()
  expect(await screen.findByText('3 hold together')).toBeTruthy()
  expect(screen.getByText('2 wait together')).toBeTruthy()
  expect(screen.getByText('Exclusive')).toBeTruthy()
})

test('a semaphore shows its free permits, and says when nobody knows how many there are', async () => {
  const holders = [1, 2].map((n) => contender(n, { state: 'holds' }))
  world.view = lockView({ kind: 'semaphore', permits: 4, contenders: holders })
  open()
  expect(await screen.findByText('2 of 4 permits taken')).toBeTruthy()
  expect(screen.getAllByText('free')).toHaveLength(2)
  lockBecomes(lockView({ revision: 2, kind: 'semaphore', permits: null, contenders: holders }))
  expect(await screen.findByText('2 permits taken; how many there are only the clients know')).toBeTruthy()
})

test('nothing coordinates here: offers to open it in Browse', async () => {
  world.view = lockView({ kind: 'none', library: '', contenders: [] })
  open()
  expect(await screen.findByText('Nothing coordinates here.')).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Open in Browse' }).getAttribute('href')).toBe(
    '/c/test?path=/locks/settlement',
  )
  expect(screen.queryByText('holds')).toBeNull()
})

test('a directory that was deleted is said to be, and what is left is called the last that was read', async () => {
  world.view = lockView({ exists: false, contenders: [] })
  open()
  expect(await screen.findByText('This directory was deleted.')).toBeTruthy()
})

test('without permission: the error, and a way to try again', async () => {
  world.view = describeError('NoAuth', { path: PATH })
  open()
  expect((await screen.findByRole('alert')).textContent).toContain('NoAuth')
  world.view = lockView()
  fireEvent.click(screen.getByRole('button', { name: 'Read again' }))
  expect(await picture()).toBeTruthy()
})

test('names of 250 characters, from right to left and with invisible characters, are shown for what they are', async () => {
  const name = `שלום\u202e${'x'.repeat(230)}-lock-0000000007`
  world.view = lockView({
    contenders: [contender(7, { name, path: `/locks/settlement/${name}`, sequence: null })],
    kind: 'membership',
  })
  open(`/locks/שלום\u202e`)
  await picture()
  expect(screen.getAllByText('U+202E').length).toBeGreaterThan(0)
})

test('a finding keeps how far its evidence goes, and a circle is told step by step', async () => {
  world.view = lockView({
    findings: [
      {
        code: 'ghost-holder',
        severity: 'danger',
        certainty: 'possible',
        subjects: [queueOf(0)[0]?.name ?? ''],
        count: 1,
        facts: { within: '18 s', session: '0x1' },
      },
    ],
    deadlocks: [
      {
        steps: [
          { session: '0x1', client: null, holds: { path: '/a', name: 'x' }, waitsFor: { path: '/b', name: 'y' } },
          { session: '0x2', client: null, holds: { path: '/b', name: 'z' }, waitsFor: { path: '/a', name: 'w' } },
        ],
      },
    ],
  })
  open()
  expect(await screen.findByText('Danger · possible')).toBeTruthy()
  expect(screen.getByText(/^Possible: the threads of a client cannot be seen/)).toBeTruthy()
  expect(screen.getByText('0x1 holds /a and waits for /b')).toBeTruthy()
})

test('the time line tells a turn in words to whoever goes through it with the arrow keys', async () => {
  open()
  const chart = await screen.findByRole('listbox', { name: 'Turns on this lock' })
  fireEvent.focus(chart)
  fireEvent.keyDown(chart, { key: 'Home' })
  const option = within(chart).getByRole('option')
  expect(option.getAttribute('aria-label')).toMatch(
    /…\d+ of 10\.4\.7\.\d+:51122 · waited 5\.0 s · held 0\.98 s · ended/,
  )
})

test('when the page goes, the stream need not tell of the lock any longer', async () => {
  const { unmount } = open()
  await picture()
  unmount()
  expect(live.release).toHaveBeenCalledWith('test', PATH, 'lock')
})
