import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { readSettings } from './settings'

const folder = mkdtempSync(join(tmpdir(), 'zoolens-settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

function fileOf(content: string): string {
  const file = join(folder, `${crypto.randomUUID()}.yaml`)
  writeFileSync(file, content)
  return file
}

const read = (content: string) => readSettings({ ZOOLENS_CONFIG: fileOf(content) })

test('one ensemble by its connect string, with safe defaults', () => {
  const settings = readSettings({ ZOOLENS_CONNECT: 'zk1:2181,zk2:2181/app' })
  expect(settings).toMatchObject({ host: '127.0.0.1', port: 3000, readOnly: false })
  expect(settings.clusters).toHaveLength(1)
  expect(settings.clusters[0]).toMatchObject({
    id: 'default',
    connect: 'zk1:2181,zk2:2181/app',
    readOnly: false,
    security: { auth: [] },
  })
})

test('many ensembles from a file, a secret from a file of its own', () => {
  const secret = join(folder, 'secret')
  writeFileSync(secret, 'operator:s3cret\n')
  const { clusters } = read(`
clusters:
  - { id: prod, name: Payments, color: '#c2410c', connect: 'zk:2181', production: true, digestFile: ${secret} }
  - { id: dev, connect: 'localhost:2181', readOnly: true }
`)
  expect(clusters).toMatchObject([
    {
      id: 'prod',
      name: 'Payments',
      production: true,
      security: { auth: [{ scheme: 'digest', auth: 'operator:s3cret' }] },
    },
    { id: 'dev', name: 'dev', readOnly: true, security: { auth: [] } },
  ])
})

test('JSON is a configuration too', () => {
  expect(read('{"clusters":[{"id":"a","connect":"zk:2181"}]}').clusters[0]?.id).toBe('a')
})

test.each([
  ['neither', {}, /^ZOOLENS_CONNECT: is not set/],
  ['a connect string that is none', { ZOOLENS_CONNECT: 'zk1:2181;zk2:2181' }, /^ZOOLENS_CONNECT: /],
  ['both', { ZOOLENS_CONNECT: 'a:1', ZOOLENS_CONFIG: 'x' }, /^ZOOLENS_CONNECT: set either/],
  ['a missing file', { ZOOLENS_CONFIG: '/nowhere.yaml' }, /^ZOOLENS_CONFIG: cannot read/],
  ['a port that is none', { ZOOLENS_CONNECT: 'a:1', PORT: 'http' }, /^PORT:/],
  ['an address that others reach', { ZOOLENS_CONNECT: 'a:1', HOST: '0.0.0.0' }, /^HOST:.*loopback/],
  [
    'a production server that would listen everywhere',
    { ZOOLENS_CONNECT: 'a:1', NODE_ENV: 'production' },
    /^HOSTNAME:/,
  ],
  ['a flag that is none', { ZOOLENS_CONNECT: 'a:1', ZOOLENS_READ_ONLY: 'yes' }, /^ZOOLENS_READ_ONLY:/],
])('%s stops the start and names the key', (_name, env, message) => {
  expect(() => readSettings(env)).toThrow(message)
})

test.each([
  ['clusters: []', /clusters: must name at least one/],
  ['clusters: [{ id: A, connect: "a:1" }]', /clusters\[0\]\.id: must be lower-case/],
  ['clusters: [{ id: a, connect: "a:1", colour: red }]', /colour/],
  ['clusters: [{ id: a, connect: "a:1", color: red }]', /clusters\[0\]\.color: must be a colour/],
  ['clusters: [{ id: a, connect: "a:1" }, { id: a, connect: "b:1" }]', /"a" is used twice/],
  ['clusters: [{ id: a, connect: "a:1", digestFile: /nowhere }]', /clusters\[0\]\.digestFile: cannot read/],
  ['clusters: [{ id: a, connect: "zk1:2181;zk2:2181" }]', /clusters\[0\]\.connect: /],
  [
    'clusters: [{ id: a, connect: "a:1", adminServers: ["ftp://a"] }]',
    /clusters\[0\]\.adminServers\[0\]: must be a URL such as/,
  ],
  [
    'clusters: [{ id: a, connect: "a:1", adminServers: ["http://a", "http://b"] }]',
    /clusters\[0\]\.adminServers: has 2/,
  ],
  ['clusters: [', /cannot read/],
])('the file %s is refused', (content, message) => {
  expect(() => read(content)).toThrow(message)
})

test('a bad secret is not repeated in the message', () => {
  expect(() => read('clusters: [{ id: a, connect: "a:1", digest: hunter2 }]')).toThrow(/digest: must be user:password/)
  expect(() => read('clusters: [{ id: a, connect: "a:1", digest: hunter2 }]')).not.toThrow(/hunter2/)
})

test('limits of an answer that fit together', () => {
  const limits = (lines: string) =>
    read(`clusters: [{ id: a, connect: 'zk:2181'${lines} }]`).clusters.map((cluster) => [
      cluster.maxReplyMegabytes,
      cluster.hardMaxReplyMegabytes,
    ])
  expect(limits('')).toEqual([[64, 256]])
  expect(limits(', maxReplyMegabytes: 500')).toEqual([[500, 500]])
  expect(limits(', maxReplyMegabytes: 8, hardMaxReplyMegabytes: 16')).toEqual([[8, 16]])
  expect(() => limits(', maxReplyMegabytes: 8, hardMaxReplyMegabytes: 7')).toThrow(
    'clusters[0].hardMaxReplyMegabytes: must be at least maxReplyMegabytes, which is 8',
  )
  // A frame has at most 2^31 - 1 bytes.
  expect(() => limits(', maxReplyMegabytes: 2048')).toThrow('maxReplyMegabytes')
})
