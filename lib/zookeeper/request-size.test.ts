import { expect, it } from 'vitest'
import { Operations } from './operations'
import { encodeRequest, LARGEST_REQUEST_BYTES, type Request } from './request'
import { ALL_FEATURES } from './server-features'

const operations = new Operations('/app')
const path = (size: number) => `/${'a'.repeat(size)}`
const data = (size: number) => Buffer.alloc(size)

const REQUESTS: Readonly<Record<string, (size: number) => Request<unknown>>> = {
  exists: (size) => operations.exists(path(size)),
  getData: (size) => operations.getData(path(size)),
  getChildren: (size) => operations.getChildren(path(size)),
  getAcl: (size) => operations.getAcl(path(size)),
  sync: (size) => operations.sync(path(size)),
  delete: (size) => operations.delete(path(size), 0),
  setData: (size) => operations.setData('/a', data(size), 0),
  setAcl: (size) => operations.setAcl('/a', [{ scheme: 'world', id: 'a'.repeat(size), permissions: 1 }], 0),
  create: (size) => operations.create({ path: '/a', data: data(size) })(ALL_FEATURES),
  createTtl: (size) => operations.create({ path: '/a', data: data(size), mode: 'ttl', ttlMs: 1 })(ALL_FEATURES),
  multi: (size) =>
    operations.multi([
      { type: 'create', path: '/a', data: data(400_000) },
      { type: 'set', path: '/a', data: data(size), version: 0 },
    ])(ALL_FEATURES),
  multiRead: (size) =>
    operations.multiRead([
      { type: 'getData', path: path(400_000) },
      { type: 'getChildren', path: path(size) },
    ]),
}

it.each(Object.entries(REQUESTS))('%s fits to the last byte and no further', (_, of) => {
  const overhead = encodeRequest(of(1)).length - 4 - 1
  const room = LARGEST_REQUEST_BYTES - overhead
  expect(encodeRequest(of(room)).length - 4).toBe(LARGEST_REQUEST_BYTES)
  expect(() => encodeRequest(of(room + 1))).toThrow(
    expect.objectContaining({ code: 'TooLarge', outcomeUnknown: false }),
  )
})
