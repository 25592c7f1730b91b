import { expect, test } from 'vitest'
import { moveSelection, selectedRange } from './byte-selection'

const key = (key: string, modifiers: { shiftKey?: boolean; ctrlKey?: boolean } = {}) => ({
  key,
  shiftKey: false,
  ctrlKey: false,
  metaKey: false,
  ...modifiers,
})

test.each([
  ['ArrowRight', 17, {}, 18],
  ['ArrowLeft', 0, {}, 0],
  ['ArrowDown', 17, {}, 33],
  ['ArrowDown', 95, {}, 99],
  ['ArrowUp', 17, {}, 1],
  ['Home', 21, {}, 16],
  ['End', 21, {}, 31],
  ['End', 97, {}, 99],
  ['Home', 21, { ctrlKey: true }, 0],
  ['End', 21, { ctrlKey: true }, 99],
  ['PageDown', 0, {}, 99],
] as const)('%s at %i', (name, head, modifiers, expected) => {
  expect(moveSelection({ anchor: head, head }, key(name, modifiers), 100)).toEqual({ anchor: expected, head: expected })
})

test('Shift keeps the anchor, whichever side the head is on', () => {
  const left = moveSelection({ anchor: 20, head: 20 }, key('ArrowLeft', { shiftKey: true }), 100)
  expect(left).toEqual({ anchor: 20, head: 19 })
  expect(selectedRange({ anchor: 20, head: 19 }, 100)).toEqual({ from: 19, to: 20 })
})

test('Ctrl+A selects all, other keys nothing', () => {
  expect(moveSelection({ anchor: 5, head: 5 }, key('a', { ctrlKey: true }), 100)).toEqual({ anchor: 0, head: 99 })
  expect(moveSelection({ anchor: 5, head: 5 }, key('a'), 100)).toBeNull()
})

test('a selection stays inside a value that became shorter', () => {
  expect(selectedRange({ anchor: 50, head: 90 }, 10)).toEqual({ from: 9, to: 9 })
  expect(selectedRange({ anchor: 0, head: 0 }, 0)).toEqual({ from: 0, to: 0 })
})
