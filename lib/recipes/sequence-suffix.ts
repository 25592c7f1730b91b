/** Exactly what ZooKeeper appends for an int32: ten digits, or a minus and ten digits. Null otherwise. */
export function sequenceSuffixOf(text: string): number | null {
  if (!/^(\d{10}|-\d{10})$/.test(text)) return null
  const number = Number(text)
  return number === (number | 0) ? number : null
}
