import { joinPath, parentOf } from '@/lib/znode/path'
import { CHILDREN, SELF, WATCHER } from './recipe'

/**
 * The absolute path of a contender, or of a foreign child, of the recipe at `directory`, as their names are relative to
 * it: "locks/_c_..." of Curator's semaphore, "../permits-__lock__/..." of kazoo's. null for who has no znode.
 */
export function contenderPath(directory: string, name: string): string | null {
  if (name === SELF) return directory
  if (name === CHILDREN || name.startsWith(WATCHER)) return null
  return name.startsWith('../') ? joinPath(parentOf(directory), name.slice(3)) : joinPath(directory, name)
}
