import type { Slices } from './request'
import { sessionFromHex } from './session-id-text'
import { hasLastLine, mayBeGarbled, SLICE, wholeLines } from './text-lines'
import type { Told, ToldWatches } from './told'

/**
 * Reads the answer to wchp: which sessions of the server that was asked have a data watch on which path. A path has
 * neither tab nor line end in it: PathUtils.validatePath refuses every control character. Source: WatchManager.dumpWatches.
 */
export function* readWatches(text: string): Slices<Told<ToldWatches>> {
  const watches = new Map<string, Set<bigint>>()
  let complete = hasLastLine(text)
  let sessions: Set<bigint> | null = null
  let lines = 0
  for (const line of wholeLines(text)) {
    if (++lines % SLICE === 0) yield
    if (line === '') continue
    const session = line.startsWith('\t0x') ? sessionFromHex(line.slice(3)) : null
    if (line.startsWith('/')) {
      sessions = watches.get(line) ?? new Set()
      watches.set(line, sessions)
      if (mayBeGarbled(line)) complete = false
    } else if (session !== null && sessions !== null) sessions.add(session)
    else complete = false
  }
  return { value: watches, complete }
}
