import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fileNameOf } from './file-transfer'

test.each([
  ['/config/limits.json', 'limits.json'],
  ['/', 'znode'],
  ['/a/..hidden', 'hidden'],
  ['/a/<img src=x onerror=...>', '_img_src=x_onerror=..._'],
  ['/a/%2F', '_2F'],
  ['/a/\u202Egnp.exe', '_gnp.exe'],
  ['/a/con.txt', '_con.txt'],
])('%s', (path, name) => {
  expect(fileNameOf(path)).toBe(name)
})

test('never empty, never a path, never hidden', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 150 }), (name) => {
      const result = fileNameOf(`/${name}`)
      expect(result).toMatch(/^[^./\\:*?"<>|\p{Cc}][^/\\:*?"<>|\p{Cc}]*$/u)
      expect(result.length).toBeLessThanOrEqual(101)
    }),
  )
})
