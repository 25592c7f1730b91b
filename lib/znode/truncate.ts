const ELLIPSIS = '…'

/**
 * Shortens a name to at most `max` characters (code points, `max` >= 3) by cutting out its middle. The tail gets two
 * thirds: sequence numbers, versions and instance ids are there, while the heads of siblings are mostly alike.
 */
export function truncateMiddle(name: string, max: number): string {
  if (name.length <= max) return name
  const characters = Array.from(name)
  if (characters.length <= max) return name
  const tail = Math.ceil(((max - 1) * 2) / 3)
  const head = max - 1 - tail
  return characters.slice(0, head).join('') + ELLIPSIS + characters.slice(characters.length - tail).join('')
}
