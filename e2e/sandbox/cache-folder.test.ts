import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { cachedFolder } from './cache-folder'

let cache: string

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), 'zoolens-cache-test-'))
  vi.stubEnv('XDG_CACHE_HOME', cache)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(cache, { recursive: true, force: true })
})

test('is filled once, and found again', async () => {
  const fill = vi.fn((folder: string) => writeFile(join(folder, 'a.jar'), 'first'))
  const folder = await cachedFolder('jars', fill)
  expect(await cachedFolder('jars', fill)).toBe(folder)
  expect(fill).toHaveBeenCalledTimes(1)
  expect(await readFile(join(folder, 'a.jar'), 'utf8')).toBe('first')
})

test('a broken download leaves nothing behind and is tried again', async () => {
  const broken = cachedFolder('jars', async (folder) => {
    await writeFile(join(folder, 'half.jar'), '')
    throw new Error('cut off')
  })
  await expect(broken).rejects.toThrow('cut off')
  expect(await readdir(join(cache, 'zoolens'))).toEqual([])
  const folder = await cachedFolder('jars', (draft) => writeFile(join(draft, 'a.jar'), ''))
  expect(await readdir(folder)).toEqual(['a.jar'])
})

test('of two that fill it at the same time one wins, whole', async () => {
  const fill = (name: string) => async (folder: string) => {
    await writeFile(join(folder, 'a.jar'), name)
    await writeFile(join(folder, 'b.jar'), name)
  }
  const [first, second] = await Promise.all([cachedFolder('jars', fill('1')), cachedFolder('jars', fill('2'))])
  expect(first).toBe(second)
  const texts = await Promise.all(['a.jar', 'b.jar'].map((name) => readFile(join(first, name), 'utf8')))
  expect(texts[0]).toBe(texts[1])
  expect(await readdir(join(cache, 'zoolens'))).toEqual(['jars'])
})
