import { expect, it } from 'vitest'
import { formatServer, parseConnectString } from './connect-string'
import { serverOrder } from './server-order'

const { servers } = parseConnectString('a:1,b:2,c:3')

it('tries every server once, the known one first', () => {
  for (const first of ['a:1', 'b:2', 'c:3']) {
    const order = serverOrder(servers, first).map(formatServer)
    expect(order[0]).toBe(first)
    expect(order.toSorted()).toEqual(['a:1', 'b:2', 'c:3'])
  }
})

it('leaves the order to chance when none is known, or one that is not in the list', () => {
  const firsts = new Set(Array.from({ length: 200 }, () => formatServer(serverOrder(servers, 'd:4')[0])))
  expect([...firsts].toSorted()).toEqual(['a:1', 'b:2', 'c:3'])
  expect(serverOrder(servers, null)).toHaveLength(3)
})
