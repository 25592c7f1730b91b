// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, expect, test, vi } from 'vitest'
import { RECREATED_WHILE_EDITING } from '@/lib/text/editor'
import { describeError } from '@/lib/text/errors'
import type { Result } from '@/lib/znode/app-error'
import type { StatJson } from '@/lib/znode/stat'
import {
  CLUSTER,
  changeElsewhere,
  connectionIs,
  editor,
  ensemble,
  node,
  openWorkspace,
  press,
  resetWorld,
  STAT,
  znodes,
} from './workspace-fixture'

type Set = (input: { data: Uint8Array; version: number; czxid: string }) => Promise<Result<{ stat: StatJson }>>
const actions = vi.hoisted(() => ({ setNodeData: vi.fn(), createNode: vi.fn(), deleteNode: vi.fn() }))
vi.mock('@/app/actions/node', () => actions)
// jsdom lays nothing out, which CodeMirror needs; what matters here is what is done with the text.
vi.mock('@/components/editor/text-editor', () => ({
  default: (props: { label: string; value: string; readOnly: boolean; onChange?: (text: string) => void }) => (
    <textarea
      aria-label={props.label}
      value={props.value}
      readOnly={props.readOnly}
      onChange={(event) => props.onChange?.(event.target.value)}
    />
  ),
}))
vi.mock('@/components/editor/diff-view', () => ({
  default: ({ before, after }: { before: string; after: string }) => <pre>{`${before} -> ${after}`}</pre>,
}))
vi.mock('@/components/editor/changed-lines-view', () => ({
  default: ({ label, text }: { label: string; text: string }) => <section aria-label={label}>{text}</section>,
}))

const setNodeData = actions.setNodeData as ReturnType<typeof vi.fn<Set>>
const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)
const type = async (value: string) => fireEvent.change(await editor(), { target: { value } })

beforeEach(() => {
  resetWorld()
  for (const action of Object.values(actions)) action.mockReset()
})

test('null, empty and unreadable data are three different things', async () => {
  znodes.set('/null', node('/null', null))
  znodes.set('/empty', node('/empty', ''))
  znodes.set('/secret', { ...node('/secret', null), dataError: describeError('NoAuth', { path: '/secret' }) })
  const { go } = openWorkspace('/null')
  expect(await screen.findByText('No data (null)')).toBeTruthy()
  expect(screen.queryByRole('textbox', { name: 'Data' })).toBeNull()
  go('/empty')
  expect((await editor()).value).toBe('')
  expect(screen.getByText(/^Empty: 0 bytes/)).toBeTruthy()
  go('/secret')
  expect(await screen.findByText('NoAuth')).toBeTruthy()
  expect(screen.queryByRole('textbox', { name: 'Data' })).toBeNull()
  expect(screen.queryByText('No data (null)')).toBeNull()
})

test('a null value can be set, and only then', async () => {
  znodes.set('/a', node('/a', null))
  openWorkspace('/a')
  await press('Set a value')
  await type('x')
  setNodeData.mockResolvedValue({ ok: true, value: { stat: { ...STAT, version: 8, mzxid: '0x100000008' } } })
  await press('Save as version 8')
  expect(await screen.findByText(/had no data \(null\) until now/)).toBeTruthy()
  await press('Save as version 8')
  await waitFor(() => expect(setNodeData).toHaveBeenCalledTimes(1))
  expect(text(setNodeData.mock.calls[0]?.[0].data ?? new Uint8Array())).toBe('x')
})

test('a save is reviewed, sends the version that was loaded, and ends the edit', async () => {
  znodes.set('/a', node('/a', 'old'))
  openWorkspace('/a')
  await type('new')
  setNodeData.mockImplementation(async () => {
    const stat = { ...STAT, version: 8, mzxid: '0x100000008' }
    znodes.set('/a', node('/a', 'new', stat))
    return { ok: true, value: { stat } }
  })
  fireEvent.keyDown(window, { key: 's', ctrlKey: true })
  const dialog = await screen.findByRole('dialog', { name: 'Review before saving' })
  expect(await within(dialog).findByText('old -> new')).toBeTruthy()
  expect(setNodeData).not.toHaveBeenCalled()
  await press('Save as version 8')
  expect(await screen.findByRole('button', { name: 'Save as version 9' })).toBeTruthy()
  expect(setNodeData.mock.calls[0]?.[0]).toMatchObject({ version: 7, czxid: STAT.czxid })
  expect((await editor()).value).toBe('new')
  expect(screen.queryByRole('button', { name: 'Discard' })).toBeNull()
})

test('an unsaved edit survives going elsewhere, is found again, and closing the window asks', async () => {
  znodes.set('/a', node('/a', 'old'))
  znodes.set('/b', node('/b', 'other'))
  const { go, onOpen } = openWorkspace('/a')
  await type('precious')
  go('/b')
  await waitFor(async () => expect((await editor()).value).toBe('other'))
  const leaving = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(leaving)
  expect(leaving.defaultPrevented).toBe(true)
  await press('1 unsaved edit')
  fireEvent.click(await screen.findByRole('menuitem', { name: '/a' }))
  expect(onOpen).toHaveBeenCalledWith('/a')
  go('/a')
  await waitFor(async () => expect((await editor()).value).toBe('precious'))
})

test('a znode that could not be read is read again when the ensemble is reached', async () => {
  znodes.set('/a', node('/a', 'there'))
  ensemble.reachable = false
  openWorkspace('/a')
  expect(await screen.findByText('Unreachable')).toBeTruthy()
  ensemble.reachable = true
  connectionIs('connected')
  await waitFor(async () => expect((await editor()).value).toBe('there'))
  expect(screen.queryByText('Unreachable')).toBeNull()
})

test('an edit is kept when the znode cannot be read any more', async () => {
  znodes.set('/a', node('/a', 'old'))
  znodes.set('/b', node('/b', 'other'))
  const { go, queries } = openWorkspace('/a')
  await type('precious')
  go('/b')
  await waitFor(async () => expect((await editor()).value).toBe('other'))
  znodes.delete('/a')
  queries.clear()
  go('/a')
  await waitFor(async () => expect((await editor()).value).toBe('precious'))
  expect(await screen.findByText('Deleted while you were editing')).toBeTruthy()
})

test('a znode that changes is followed, and one that is being edited says so and keeps the edit', async () => {
  znodes.set('/a', node('/a', 'one'))
  openWorkspace('/a')
  expect((await editor()).value).toBe('one')
  changeElsewhere('/a', node('/a', 'two', { version: 8, mzxid: '0x100000008' }))
  await waitFor(async () => expect((await editor()).value).toBe('two'))
  expect(screen.queryByText('Changed while you were editing')).toBeNull()
  await type('mine')
  changeElsewhere('/a', node('/a', 'three', { version: 9, mzxid: '0x100000009' }))
  expect(await screen.findByText('Changed while you were editing')).toBeTruthy()
  expect(screen.getByText(/by zxid 0x100000009/)).toBeTruthy()
  expect((await editor()).value).toBe('mine')
  await press('Compare')
  const dialog = await screen.findByRole('dialog', { name: 'Somebody else was faster' })
  expect((await within(dialog).findByLabelText(/^Base: version 8/)).textContent).toBe('two')
  expect((await within(dialog).findByLabelText(/^Theirs: version 9/)).textContent).toBe('three')
  expect((await within(dialog).findByLabelText(/^Mine/)).textContent).toBe('mine')
})

/** Ends in the conflict dialog: base "a\nb\nc\n", theirs as given, and what is typed. */
async function conflict(theirs: string, mine: string) {
  znodes.set('/a', node('/a', 'a\nb\nc\n'))
  openWorkspace('/a')
  await type(mine)
  setNodeData.mockImplementationOnce(async () => {
    znodes.set('/a', node('/a', theirs, { version: 9, mzxid: '0x100000009' }))
    return { ok: false, error: describeError('BadVersion', { path: '/a' }) }
  })
  await press('Save as version 8')
  await screen.findByRole('dialog', { name: 'Review before saving' })
  await press('Save as version 8')
  return screen.findByRole('dialog', { name: 'Somebody else was faster' })
}

test('a save that hit a znode made anew in that moment says so, keeps the text, and shows what is there now', async () => {
  znodes.set('/a', node('/a', 'old'))
  openWorkspace('/a')
  await type('mine')
  const error = describeError('OverwroteRecreated', { path: '/a' })
  setNodeData.mockImplementationOnce(async () => {
    znodes.set('/a', node('/a', 'mine', { version: 1, czxid: '0x200000001', mzxid: '0x200000002' }))
    return { ok: false, error }
  })
  await press('Save as version 8')
  await screen.findByRole('dialog', { name: 'Review before saving' })
  await press('Save as version 8')
  const dialog = await screen.findByRole('dialog', { name: 'Review before saving' })
  expect(await within(dialog).findByText('OverwroteRecreated')).toBeTruthy()
  expect(within(dialog).getByText(error.message)).toBeTruthy()
  expect(within(dialog).getByText(error.hint)).toBeTruthy()
  expect(screen.queryByRole('dialog', { name: 'Somebody else was faster' })).toBeNull()
  await press('Back to editing')
  expect((await editor()).value).toBe('mine')
  expect(await screen.findByText(RECREATED_WHILE_EDITING)).toBeTruthy()
  expect(setNodeData).toHaveBeenCalledTimes(1)
})

test('keep mine overwrites exactly the version that was shown', async () => {
  await conflict('theirs', 'mine')
  setNodeData.mockResolvedValueOnce({ ok: true, value: { stat: { ...STAT, version: 10, mzxid: '0x10000000a' } } })
  await press('Keep mine (overwrites version 9)')
  await waitFor(() => expect(setNodeData).toHaveBeenCalledTimes(2))
  expect(setNodeData.mock.calls[1]?.[0]).toMatchObject({ version: 9, czxid: STAT.czxid })
  expect(text(setNodeData.mock.calls[1]?.[0].data ?? new Uint8Array())).toBe('mine')
})

test('take theirs shows theirs, and the edit can be brought back', async () => {
  await conflict('theirs', 'mine')
  await press('Take theirs')
  await waitFor(async () => expect((await editor()).value).toBe('theirs'))
  await press('Bring it back')
  await waitFor(async () => expect((await editor()).value).toBe('mine'))
  expect(setNodeData).toHaveBeenCalledTimes(1)
})

test('merge takes both changes, to be read and then saved over the version that was merged', async () => {
  await conflict('a\nb\nC\n', 'A\nb\nc\n')
  await press('Merge')
  await waitFor(async () => expect((await editor()).value).toBe('A\nb\nC\n'))
  expect(setNodeData).toHaveBeenCalledTimes(1)
  setNodeData.mockResolvedValueOnce({ ok: true, value: { stat: { ...STAT, version: 10, mzxid: '0x10000000a' } } })
  await press('Save as version 10')
  await screen.findByRole('dialog', { name: 'Review before saving' })
  await press('Save as version 10')
  await waitFor(() => expect(setNodeData).toHaveBeenCalledTimes(2))
  expect(setNodeData.mock.calls[1]?.[0]).toMatchObject({ version: 9 })
})

test('marked conflicts must be resolved before the merge can be saved', async () => {
  await conflict('a\nTHEIRS\nc\n', 'a\nMINE\nc\n')
  await press('Merge')
  await waitFor(async () => expect((await editor()).value).toContain('<<<<<<< mine\nMINE\n'))
  const save = screen.getByRole('button', { name: 'Save as version 10' })
  expect(save.getAttribute('aria-disabled')).toBe('true')
  await type('a\nBOTH\nc\n')
  expect(screen.getByRole('button', { name: 'Save as version 10' }).getAttribute('aria-disabled')).toBeNull()
})

test('deleted while editing: the text is kept, and the znode can be created again with it', async () => {
  znodes.set('/a', node('/a', 'old'))
  openWorkspace('/a')
  await type('mine')
  changeElsewhere('/a', null)
  expect(await screen.findByText('Deleted while you were editing')).toBeTruthy()
  expect((await editor()).value).toBe('mine')
  await press('What now…')
  await screen.findByRole('dialog', { name: 'The znode was deleted' })
  const stat = { ...STAT, version: 0, czxid: '0x200000001', mzxid: '0x200000001' }
  actions.createNode.mockResolvedValue({ ok: true, value: { path: '/a', stat } })
  await press('Create it again')
  await waitFor(() => expect(actions.createNode).toHaveBeenCalledTimes(1))
  expect(text(actions.createNode.mock.calls[0]?.[0].data)).toBe('mine')
  expect(setNodeData).not.toHaveBeenCalled()
})

test.each([
  ['applied', { data: 'mine', version: 8, mzxid: '0x100000008' }, 'It was applied'],
  ['not applied', { data: 'old', version: 7, mzxid: STAT.mzxid }, 'Not applied so far'],
  ['overtaken', { data: 'other', version: 8, mzxid: '0x100000008' }, 'It was not applied'],
])('a lost answer: %s is told by reading, never by sending again', async (_, now, title) => {
  znodes.set('/a', node('/a', 'old'))
  openWorkspace('/a')
  await type('mine')
  setNodeData.mockImplementation(async () => {
    znodes.set('/a', node('/a', now.data, { version: now.version, mzxid: now.mzxid }))
    throw new TypeError('network')
  })
  await press('Save as version 8')
  await screen.findByRole('dialog', { name: 'Review before saving' })
  await press('Save as version 8')
  expect(await screen.findByRole('alertdialog', { name: title })).toBeTruthy()
  expect(setNodeData).toHaveBeenCalledTimes(1)
  await press(/^(Done|Keep editing)$/)
  await waitFor(async () => expect((await editor()).value).toBe('mine'))
})

test('bytes are replaced whole and exactly', async () => {
  znodes.set('/bin', node('/bin', '\x00\xff\xfe'))
  openWorkspace('/bin')
  expect(await screen.findByRole('grid', { name: /^3 bytes in hexadecimal/ })).toBeTruthy()
  expect(screen.queryByRole('textbox', { name: 'Data' })).toBeNull()
  const bytes = Uint8Array.from({ length: 10_000 }, (_, at) => (at * 131) ^ (at >> 3))
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  const file = new File([bytes], 'keystore')
  Object.defineProperty(file, 'arrayBuffer', { value: async () => bytes.buffer })
  await act(async () => fireEvent.change(input as HTMLInputElement, { target: { files: [file] } }))
  expect(await screen.findByText(/^3 bytes before, 10,000 bytes after/)).toBeTruthy()
  setNodeData.mockResolvedValue({ ok: true, value: { stat: { ...STAT, version: 8, mzxid: '0x100000008' } } })
  await press('Save as version 8')
  await waitFor(() => expect(setNodeData).toHaveBeenCalledTimes(1))
  expect(setNodeData.mock.calls[0]?.[0].data).toEqual(bytes)
})

test('a read-only cluster says why, and nothing can be typed or saved', async () => {
  znodes.set('/a', node('/a', 'old'))
  openWorkspace('/a', { cluster: { ...CLUSTER, readOnly: 'cluster' } })
  expect((await editor()).readOnly).toBe(true)
  const save = screen.getByRole('button', { name: 'Save as version 8' })
  expect(save.getAttribute('aria-disabled')).toBe('true')
  expect(save.getAttribute('aria-description')).toMatch(/read-only/)
})

test('a znode that is not there says so and leads on', async () => {
  const { onOpen } = openWorkspace('/no/such')
  expect(await screen.findByText('NoNode')).toBeTruthy()
  await press('Open the parent')
  expect(onOpen).toHaveBeenCalledWith('/no')
})

test('names that deceive are shown for what they are', async () => {
  const path = '/a\u202Eb/<img src=x onerror=alert(1)>'
  znodes.set(path, node(path, 'x'))
  openWorkspace(path)
  const crumbs = await screen.findByRole('navigation', { name: 'Path' })
  expect(within(crumbs).getByText('U+202E')).toBeTruthy()
  expect(crumbs.textContent).toContain('<img src=x onerror=alert(1)>')
  expect(document.querySelector('img')).toBeNull()
})
