import { parentOf } from '@/lib/znode/path'
import { zkCliArgument } from '@/lib/znode/zkcli'

/** What one would type to look at a contender; null where zkCli's shell cannot say its path. */
export function lookingCommands(path: string): string | null {
  const znode = zkCliArgument(path)
  const directory = zkCliArgument(parentOf(path))
  if (znode === null || directory === null) return null
  return [`get -s ${znode}`, `ls -s ${directory}`].join('\n')
}

/** Deletes the very version that was seen. */
export function deleteCommand(path: string, version: number): string | null {
  const znode = zkCliArgument(path)
  return znode === null ? null : `delete -v ${version} ${znode}`
}

/** Curator's request to release. */
export function releaseCommand(path: string, version: number, message: string): string | null {
  const znode = zkCliArgument(path)
  return znode === null ? null : `set -v ${version} ${znode} ${message}`
}
