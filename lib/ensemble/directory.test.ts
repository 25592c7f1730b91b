import { expect, test } from 'vitest'
import { Directory } from './directory'

test('each of two readings of one list gets the events since its own begin', async () => {
  const directory = new Directory('/d')
  const first = directory.beginListing()
  directory.change('early', true, 1n)
  const second = directory.beginListing()
  directory.change('late', true, 2n)
  // The second was asked later and answered first; it has seen 'early', the first has not.
  directory.endListing(second, ['early'], 1n)
  expect(await directory.view('name', '')).toEqual(['early', 'late'])
  directory.endListing(first, [], 0n)
  expect(await directory.view('name', '')).toEqual(['early', 'late'])
  expect(directory.pzxid).toBe(2n)
})

test('a reading across a broken link changes nothing', () => {
  const directory = new Directory('/d')
  const listing = directory.beginListing()
  directory.abandonListings()
  expect(directory.endListing(listing, ['old'], 1n)).toBeNull()
  expect(directory.loaded).toBe(false)
})

test('the order by sequence follows the events, and a filter looks into every name', async () => {
  const directory = new Directory('/d')
  directory.endListing(directory.beginListing(), ['a-0000000003', 'b-0000000001', 'c'], 1n)
  const before = await directory.view('sequence', '')
  expect(before.indexOf('b-0000000001')).toBeLessThan(before.indexOf('a-0000000003'))
  directory.change('z-0000000002', true, 2n)
  directory.change('b-0000000001', false, 3n)
  directory.settle()
  const after = await directory.view('sequence', '')
  expect(after.filter((name) => name !== 'c')).toEqual(['z-0000000002', 'a-0000000003'])
  expect(await directory.view('sequence', '0002')).toEqual(['z-0000000002'])
  expect(await directory.view('name', 'C')).toEqual(['c'])
})
