/** A session id as servers write it in text, unsigned hex without its 0x (Long.toHexString); null when it is none. */
export function sessionFromHex(hex: string): bigint | null {
  return /^[0-9a-f]{1,16}$/.test(hex) ? BigInt.asIntN(64, BigInt(`0x${hex}`)) : null
}

/** A session id as servers write it in JSON, signed decimal; null when it is none. */
export function sessionFromDecimal(digits: string): bigint | null {
  if (!/^-?\d{1,19}$/.test(digits)) return null
  const id = BigInt(digits)
  return BigInt.asIntN(64, id) === id ? id : null
}
