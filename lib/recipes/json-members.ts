import { scanJson } from '@/lib/codec/json-scan'
import { decodeUtf8 } from '@/lib/codec/utf8'
import type { Layout } from './layout'

const LARGEST = 1_048_576

/**
 * The members of a JSON object as they are spelled, so that a 64-bit number keeps its digits: {"id":9007199254740993}
 * gives id -> "9007199254740993". Strings are unquoted; objects and arrays stay JSON. Of duplicate keys the last one
 * counts. Null when the data is not a JSON object.
 */
export function jsonMembersOf(data: Layout['data']): ReadonlyMap<string, string> | null {
  if (data === null || data.length > LARGEST || data[0] !== 0x7b) return null
  const text = decodeUtf8(data)
  return text === null ? null : membersOf(text)
}

/** The same of an object that is a member itself. */
export function membersOf(text: string): ReadonlyMap<string, string> | null {
  if (!text.startsWith('{')) return null
  const members = new Map<string, string>()
  let depth = 0
  let key: string | null = null
  let start = -1
  let end = -1
  const take = () => {
    if (key !== null && start >= 0) members.set(key, unspelled(text.slice(start, end)))
    key = null
    start = -1
  }
  const fault = scanJson(text, 0, (type, from, to) => {
    if (type === '}' || type === ']') depth--
    if (depth === 0 || (depth === 1 && type === ',')) take()
    else if (depth === 1 && key === null && type === 'scalar') key = unspelled(text.slice(from, to))
    else if (type !== ':' || depth > 1) {
      if (start < 0) start = from
      end = to
    }
    if (type === '{' || type === '[') depth++
  })
  return fault === null ? members : null
}

function unspelled(spelled: string): string {
  return spelled.startsWith('"') ? String(JSON.parse(spelled)) : spelled
}
