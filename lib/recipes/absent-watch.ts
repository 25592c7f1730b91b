import type { Evidence } from './evidence'
import type { SeenChild } from './layout'
import type { SiblingWatches } from './watch-proof'

/**
 * Whether the servers prove that the owner of a znode watches none of its siblings, and so does not wait: all of them
 * told, the directory was quiet, and he is connected. Who is not has no watch anywhere until he comes back.
 */
export function watchesNothing(child: SeenChild, watches: SiblingWatches | null, evidence: Evidence): boolean {
  const session = child.stat?.ephemeralOwner ?? 0n
  if (watches === null || session === 0n || !evidence.watchesOfAll || evidence.quiet !== true) return false
  if (evidence.connections !== null && !evidence.connections.has(session)) return false
  return watches.watchedBy(session).every((name) => name === child.name)
}
