import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JuteReader, JuteWriter } from './jute'
import type { Request } from './request'
import type { WatchEvent } from './session'
import { Watches } from './watches'

const ADD = 106
const REMOVE = 18

interface Sent {
  readonly opcode: number
  readonly path: string
  readonly argument: number
  answer(): void
  fail(): void
  late(): void
}

/** A server that answers at once, or, when `manual`, when it is told to. */
function setUp({ chroot = '', manual = false } = {}) {
  const sent: Sent[] = []
  const watches = new Watches(chroot, <T>(request: Request<T>) => {
    const writer = new JuteWriter()
    request.encode(writer)
    const reader = new JuteReader(writer.finish())
    const empty = new JuteReader(Buffer.alloc(0))
    return new Promise<T>((resolve, reject) => {
      const one: Sent = {
        opcode: request.opcode,
        path: reader.string() ?? '',
        argument: reader.int(),
        answer: () => resolve(request.decode(empty, 1n) as T),
        fail: () => reject(new Error('lost')),
        late: () => request.late?.(),
      }
      sent.push(one)
      if (!manual) one.answer()
    })
  })
  const listen = () => {
    const events: WatchEvent[] = []
    return { events, listener: (event: WatchEvent) => void events.push(event) }
  }
  return { sent, watches, listen }
}

describe('Watches', () => {
  it('share one watch of the server and take it back with the last listener', async () => {
    const { sent, watches, listen } = setUp()
    const [a, b] = [listen(), listen()]
    const first = await watches.add('/a', 'persistent', a.listener)
    const second = await watches.add('/a', 'persistent', b.listener)
    expect(sent.map(({ opcode, path, argument }) => [opcode, path, argument])).toEqual([[ADD, '/a', 0]])
    watches.dispatch({ type: 'changed', path: '/a', zxid: 5n })
    await first.remove()
    await first.remove()
    watches.dispatch({ type: 'deleted', path: '/a', zxid: 6n })
    expect(a.events).toEqual([{ type: 'changed', path: '/a', zxid: 5n }])
    expect(b.events.map(({ type }) => type)).toEqual(['changed', 'deleted'])
    expect(sent).toHaveLength(1)
    await second.remove()
    expect(sent.map(({ opcode, path, argument }) => [opcode, path, argument]).slice(1)).toEqual([[REMOVE, '/a', 3]])
    expect(watches.size).toBe(0)
  })

  it('widen to recursive and still report children to the others, each once', async () => {
    const { sent, watches, listen } = setUp()
    const [narrow, wide] = [listen(), listen()]
    await watches.add('/a', 'persistent', narrow.listener)
    await watches.add('/a', 'recursive', wide.listener)
    expect(sent.map(({ argument }) => argument)).toEqual([0, 1])
    // A server from 3.9 on holds both watches and sends both events; an older one only the first.
    watches.dispatch({ type: 'created', path: '/a/b', zxid: 7n })
    watches.dispatch({ type: 'children', path: '/a', zxid: 7n })
    watches.dispatch({ type: 'created', path: '/a/b/c', zxid: 8n })
    watches.dispatch({ type: 'changed', path: '/a/b', zxid: 9n })
    expect(narrow.events).toEqual([{ type: 'children', path: '/a', zxid: 7n }])
    expect(wide.events.map(({ type, path }) => `${type} ${path}`)).toEqual([
      'created /a/b',
      'created /a/b/c',
      'changed /a/b',
    ])
  })

  it('of the root hear everything, and siblings with a common beginning do not', async () => {
    const { watches, listen } = setUp()
    const [root, sibling] = [listen(), listen()]
    await watches.add('/', 'recursive', root.listener)
    await watches.add('/a', 'recursive', sibling.listener)
    watches.dispatch({ type: 'created', path: '/ab', zxid: null })
    watches.dispatch({ type: 'deleted', path: '/a/b', zxid: null })
    expect(root.events.map(({ path }) => path)).toEqual(['/ab', '/a/b'])
    expect(sibling.events.map(({ path }) => path)).toEqual(['/a/b'])
  })

  it('are sent with the chroot', async () => {
    const { sent, watches, listen } = setUp({ chroot: '/app' })
    const { listener } = listen()
    await watches.add('/', 'recursive', listener)
    await watches.add('/x', 'persistent', listener)
    expect(sent.map(({ path }) => path)).toEqual(['/app', '/app/x'])
  })

  it('are not sent to a server that does not know them, and are again to the next', async () => {
    const { sent, watches, listen } = setUp()
    await watches.add('/a', 'recursive', listen().listener)
    expect(watches.registrations(5n, false)).toEqual([])
    // Whoever wants one now must hear that it is not there, by the answer to a request.
    await watches.add('/a', 'recursive', listen().listener)
    expect(sent.map(({ opcode }) => opcode)).toEqual([ADD, ADD])
    expect(watches.registrations(5n, true)).toHaveLength(1)
  })

  it('are taken back when the answer comes after everybody has left', async () => {
    const { sent, watches, listen } = setUp({ manual: true })
    const added = watches.add('/a', 'recursive', listen().listener)
    sent[0]?.fail()
    await expect(added).rejects.toThrow('lost')
    expect(watches.size).toBe(0)
    expect(sent).toHaveLength(1)
    sent[0]?.late()
    expect(sent.map(({ opcode }) => opcode)).toEqual([ADD, REMOVE])
  })

  it('are not taken back while another registration of the same path is on its way', async () => {
    const { sent, watches, listen } = setUp({ manual: true })
    const first = watches.add('/a', 'persistent', listen().listener)
    sent[0]?.answer()
    const handle = await first
    const { events, listener } = listen()
    const second = watches.add('/a', 'recursive', listener)
    await handle.remove()
    sent[1]?.answer()
    await second
    watches.dispatch({ type: 'changed', path: '/a', zxid: null })
    expect(events).toHaveLength(1)
    expect(sent.map(({ opcode }) => opcode)).toEqual([ADD, ADD])
  })

  it('tell a new connection of every path in frames that every server takes', async () => {
    const name = fc.string({ minLength: 1, maxLength: 3000, unit: fc.constantFrom('a', 'ü', '文') })
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.tuple(name, fc.boolean()), { selector: ([n]) => n, maxLength: 60 }),
        async (all) => {
          const { watches, listen } = setUp({ chroot: '/c' })
          for (const [n, recursive] of all)
            await watches.add(`/${n}`, recursive ? 'recursive' : 'persistent', listen().listener)
          const found = { persistent: [] as string[], recursive: [] as string[] }
          for (const frame of watches.registrations(77n, true)) {
            expect(frame.length).toBeLessThanOrEqual(128 * 1024 + 64)
            const reader = new JuteReader(frame)
            expect([reader.int(), reader.int(), reader.int(), reader.long()]).toEqual([frame.length - 4, -8, 105, 77n])
            expect([reader.int(), reader.int(), reader.int()]).toEqual([0, 0, 0])
            for (const mode of ['persistent', 'recursive'] as const) {
              const count = reader.count(4)
              for (let i = 0; i < count; i++) found[mode].push(reader.string() ?? '')
            }
            expect(reader.remaining).toBe(0)
          }
          const wanted = (recursive: boolean) => all.filter(([, r]) => r === recursive).map(([n]) => `/c/${n}`)
          expect(found).toEqual({ persistent: wanted(false), recursive: wanted(true) })
        },
      ),
      { numRuns: 30 },
    )
  })
})
