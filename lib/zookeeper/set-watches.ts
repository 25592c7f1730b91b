import { encodeFrame } from './framing'
import type { JuteWriter } from './jute'
import { OPCODE, XID } from './opcodes'

/** ClientCnxn.SET_WATCHES_MAX_LENGTH: one frame above jute.maxbuffer and the server would drop us for ever (ZOOKEEPER-706). */
const MAX_FRAME_BYTES = 128 * 1024

/** Paths as the server knows them. */
export interface OneShotPaths {
  readonly data: readonly string[]
  /** Watched although they do not exist. */
  readonly exists: readonly string[]
  readonly children: readonly string[]
}

/**
 * The frames that tell a new connection of one-shot watches: it fires those at once whose znode has changed since
 * `lastZxid` (DataTree.setWatches), but an exists watch misses a znode that was created and deleted in between.
 */
export function oneShotFrames(lastZxid: bigint, { data, exists, children }: OneShotPaths): Buffer[] {
  return frames(OPCODE.setWatches, lastZxid, [data, exists, children])
}

/** The same for watches that stay (3.6 and newer). They only take effect again, nothing is fired. */
export function persistentFrames(
  lastZxid: bigint,
  persistent: readonly string[],
  recursive: readonly string[],
): Buffer[] {
  return frames(OPCODE.setWatches2, lastZxid, [[], [], [], persistent, recursive])
}

/** Source: zookeeper.jute, classes SetWatches and SetWatches2; ClientCnxn.primeConnection cuts them in the same way. */
function frames(opcode: number, lastZxid: bigint, lists: readonly (readonly string[])[]): Buffer[] {
  const done: Buffer[] = []
  let part: string[][] = lists.map(() => [])
  let bytes = 0
  const flush = () => {
    if (bytes > 0) done.push(frame(opcode, lastZxid, part))
    part = lists.map(() => [])
    bytes = 0
  }
  for (const [index, paths] of lists.entries()) {
    for (const path of paths) {
      const size = Buffer.byteLength(path) + 4
      if (bytes + size > MAX_FRAME_BYTES) flush()
      part[index]?.push(path)
      bytes += size
    }
  }
  flush()
  return done
}

function frame(opcode: number, lastZxid: bigint, lists: readonly (readonly string[])[]): Buffer {
  const string = (writer: JuteWriter, path: string) => writer.string(path)
  return encodeFrame((writer) => {
    writer.int(XID.setWatches).int(opcode).long(lastZxid)
    for (const paths of lists) writer.vector(paths, string)
  })
}
