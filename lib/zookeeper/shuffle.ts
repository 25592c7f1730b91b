import { randomInt } from 'node:crypto'

/** In an order by chance, as ZooKeeper's own clients try servers, so that no server gets all of them. */
export function shuffle<T>([first, ...others]: readonly [T, ...T[]]): readonly [T, ...T[]] {
  const shuffled: [T, ...T[]] = [first]
  for (const item of others) {
    const at = randomInt(shuffled.length + 1)
    shuffled.push(shuffled[at] ?? item)
    shuffled[at] = item
  }
  return shuffled
}
