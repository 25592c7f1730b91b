import { createHash } from 'node:crypto'
import type { Row, Rows } from './view'

/** What must be equal: the znode's identity, its versions, its owner, and its data where it is open. */
function describeRow({ stat, data }: Row): string {
  if (stat === null) return 'no stat'
  const { czxid, mzxid, pzxid, version, cversion, aversion, ephemeralOwner } = stat
  return [czxid, mzxid, pzxid, version, cversion, aversion, ephemeralOwner, data === undefined ? '' : data].join(' ')
}

/** Equal for equal rows, of those whose path begins with `under`. */
export function fingerprint(rows: Rows, under = '/'): string {
  const hash = createHash('sha256')
  const paths = Object.keys(rows).filter((path) => path.startsWith(under))
  for (const path of paths.sort()) hash.update(`${path} ${describeRow(rows[path] as Row)}\n`)
  return hash.digest('hex')
}

/** Paths that differ, with both sides. */
export function differences(shown: Rows, truth: Rows): string[] {
  const paths = new Set([...Object.keys(shown), ...Object.keys(truth)])
  const found: string[] = []
  for (const path of [...paths].sort()) {
    const [ours, theirs] = [shown[path], truth[path]]
    const [a, b] = [ours ? describeRow(ours) : 'not shown', theirs ? describeRow(theirs) : 'does not exist']
    if (a !== b) found.push(`${path}: shown ${a}, is ${b}`)
  }
  return found
}
