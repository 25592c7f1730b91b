import { decodeUtf8 } from '@/lib/codec/utf8'
import type { Recipe } from './recipe'

const MOST = 50
const LINE = /^\s*([A-Za-z]\w{0,60}):\s*("(?:[^"\\]|\\.){0,500}"|[-\w.]{1,60})\s*$/

/**
 * BookKeeper's protobuf in text form: lines such as `bookieId: "10.0.0.1:3181"`. Null when a line is anything else. A
 * cookie has its version as first line.
 */
export function textProtobufOf(data: Uint8Array | null): Recipe['payload'] | null {
  const text = data === null || data.length > 10_000 ? null : decodeUtf8(data)
  if (text === null) return null
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const members: [string, string][] = []
  for (const [at, line] of lines.slice(0, MOST).entries()) {
    const [, name, value] = LINE.exec(line) ?? []
    if (name !== undefined && value !== undefined) members.push([name, unquoted(value)])
    else if (at === 0 && /^\d{1,4}$/.test(line)) members.push(['layout version', line])
    else return null
  }
  return members.length === 0 ? null : members
}

function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(["'\\])/g, '$1') : value
}
