import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareNames } from '@/lib/znode/compare-names'
import { Directory, PAGE_SIZE } from './directory'
import { patchListing } from './patch-listing'

function directory(names: readonly string[], total = names.length, revision = 1): Directory {
  const made = new Directory('/a', 'a', null)
  made.accept({ revision, total, unfiltered: total, from: 0, names })
  return made
}

function outdated(directory: Directory): Directory {
  directory.outdateList()
  return directory
}

const patch = (total: number, created: string[], deleted: string[]) => ({
  revision: 2,
  total,
  created,
  deleted,
  more: false,
})

describe('patchListing', () => {
  const name = fc.string({ minLength: 1, maxLength: 3 })

  it('gives the list that the server has, from any list and any change of it', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name), fc.uniqueArray(name), (before, after) => {
        const sorted = [...after].sort()
        const created = after.filter((n) => !before.includes(n))
        const deleted = before.filter((n) => !after.includes(n))
        const listing = patchListing(directory([...before].sort()), patch(after.length, created, deleted), compareNames)
        expect(listing?.names).toEqual(sorted)
      }),
    )
  })

  it('works across pages', () => {
    const names = Array.from({ length: PAGE_SIZE * 2 + 5 }, (_, i) => String(i).padStart(6, '0'))
    const listing = patchListing(directory(names), patch(names.length, ['000000a'], ['000100']), compareNames)
    expect(listing?.names.length).toBe(names.length)
    expect(listing?.names[1]).toBe('000000a')
  })

  it.each([
    ['not all names are loaded', directory(['a'], 600), patch(601, ['b'], [])],
    ['not all changes are named', directory(['a']), { ...patch(2, ['b'], []), more: true }],
    ['a name came and went', directory(['a']), patch(1, ['b'], ['b'])],
    ['the length is another', directory(['a']), patch(3, ['b'], [])],
    ['the list is known to be old', outdated(directory(['a'])), patch(2, ['b'], [])],
    ['the list is newer than the change', directory(['a'], 1, 2), patch(2, ['b'], [])],
  ])('gives nothing when %s', (_reason, from, change) => {
    expect(patchListing(from, change, compareNames)).toBeNull()
  })
})
