import { expect, test } from 'vitest'
import type { LiveMessage } from '@/lib/live/protocol'
import { LiveStream, MAX_BUFFERED_BYTES } from './live-stream'

const note = (cluster: string): LiveMessage => ({
  type: 'gap',
  cluster,
  fromZxid: '0x1',
  toZxid: '0x2',
  forMs: 1,
  directories: 0,
})

/** A browser's end of the stream: what arrives is read only when asked for. */
function browser(stream: LiveStream, lastEventId: string | null) {
  const body = new ReadableStream<Uint8Array>(
    { start: (controller) => stream.attach(controller, lastEventId) },
    new ByteLengthQueuingStrategy({ highWaterMark: MAX_BUFFERED_BYTES }),
  )
  const reader = body.getReader()
  return {
    lastEventId,
    /** Everything that is waiting, as messages. */
    async read(until: (texts: string) => boolean): Promise<LiveMessage[]> {
      let text = ''
      while (!until(text)) text += new TextDecoder().decode((await reader.read()).value)
      this.lastEventId =
        text
          .match(/^id: (.*)$/gm)
          ?.at(-1)
          ?.slice('id: '.length) ?? this.lastEventId
      return [...text.matchAll(/^data: (.*)$/gm)].map(([, json]) => JSON.parse(json as string) as LiveMessage)
    },
  }
}

const has = (cluster: string) => (text: string) => text.includes(`"cluster":"${cluster}"`)

test('what was sent before the browser connected is not lost', async () => {
  const stream = new LiveStream('a')
  stream.send(note('early'))
  expect(await browser(stream, null).read(has('early'))).toEqual([note('early')])
})

test('a browser that comes back gets what it missed, and only that', async () => {
  const stream = new LiveStream('a')
  const first = browser(stream, null)
  stream.send(note('one'))
  await first.read(has('one'))
  stream.send(note('two'))
  stream.send(note('three'))
  expect(await browser(stream, first.lastEventId).read(has('three'))).toEqual([note('two'), note('three')])
})

test('a browser that missed more than is kept, or talks of another process, reads everything again', async () => {
  const reset = (text: string) => text.includes('"reset"')
  const stream = new LiveStream('a')
  const first = browser(stream, null)
  stream.send(note('one'))
  await first.read(has('one'))
  const restarted = new LiveStream('a')
  for (let i = 0; i < 600; i++) for (const one of [stream, restarted]) one.send(note(`n${i}`))
  expect(await browser(stream, first.lastEventId).read(reset)).toEqual([{ type: 'reset' }])
  expect(await browser(restarted, first.lastEventId).read(reset)).toEqual([{ type: 'reset' }])
  expect(await browser(restarted, 'nonsense').read(reset)).toEqual([{ type: 'reset' }])
  expect(await browser(stream, null).read(reset)).toEqual([{ type: 'reset' }])
})

test('a browser that does not read is not fed from memory without end', async () => {
  const stream = new LiveStream('a')
  const slow = browser(stream, null)
  const large = note('x'.repeat(100_000))
  for (let i = 0; i < 100; i++) stream.send(large)
  let bytes = 0
  // The stream holds its buffer and no more; the next message finds room again and says that something is missing.
  await slow.read((text) => {
    bytes = text.length
    return bytes > MAX_BUFFERED_BYTES
  })
  expect(bytes).toBeLessThan(2 * MAX_BUFFERED_BYTES)
  stream.send(note('after'))
  expect(await slow.read(has('after'))).toContainEqual({ type: 'reset' })
})

test('beats in between are not missed messages', async () => {
  const stream = new LiveStream('a')
  const first = browser(stream, null)
  for (let i = 0; i < 5; i++) stream.send({ type: 'beat', clusters: {} })
  await first.read((text) => text.split('beat').length === 6)
  stream.send({ type: 'beat', clusters: {} })
  stream.send(note('next'))
  expect(await browser(stream, first.lastEventId).read(has('next'))).toEqual([note('next')])
})

test('of a lock only the last state is kept for a browser that comes back, and it drives out nothing else', async () => {
  const stream = new LiveStream('a')
  const first = browser(stream, null)
  stream.send(note('one'))
  await first.read(has('one'))
  const lock = (revision: number, path: string) =>
    ({ type: 'lock', cluster: 'c', view: { path, revision, library: 'x'.repeat(10_000) } }) as unknown as LiveMessage
  for (let revision = 0; revision < 1000; revision++) stream.send(lock(revision, '/a'))
  stream.send(lock(1, '/b'))
  stream.send(note('two'))
  const missed = await browser(stream, first.lastEventId).read(has('two'))
  expect(missed).toEqual([lock(999, '/a'), lock(1, '/b'), note('two')])
})
