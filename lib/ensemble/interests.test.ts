import { expect, it } from 'vitest'
import { Interests } from './interests'

it('holds a path until the last tab has let go of it', () => {
  const interests = new Interests()
  interests.hold('/a', 'one')
  interests.hold('/a', 'two')
  interests.letGo('/a', 'one')
  expect(interests.has('/a')).toBe(true)
  interests.letGoOfAll('two')
  expect(interests.has('/a')).toBe(false)
  expect(interests.size).toBe(0)
})

it('counts what is shown but no longer held, until it is closed or opened again', () => {
  const interests = new Interests()
  for (let i = 0; i < 503; i++) interests.hold(`/${i}`, 'one')
  expect([interests.size, interests.lost]).toEqual([500, 3])
  expect(interests.has('/2')).toBe(false)
  interests.hold('/2', 'one')
  expect(interests.has('/2')).toBe(true)
  expect([...interests.paths()].at(-1)).toBe('/2')
  expect([interests.size, interests.lost]).toEqual([500, 3])
  interests.letGo('/0', 'one')
  expect(interests.lost).toBe(2)
  interests.letGoOfAll('one')
  expect([interests.size, interests.lost]).toEqual([0, 0])
})
