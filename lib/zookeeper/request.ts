import type { ErrorCode } from '@/lib/znode/app-error'
import { ZooKeeperError } from './errors'
import { encodeFrame } from './framing'
import type { JuteReader, JuteWriter } from './jute'
import type { Feature, ServerFeatures } from './server-features'

/** Work that pauses now and then, so that a list of a million names does not hold up everybody else. */
export type Slices<T> = Generator<undefined, T>

/** jute.maxbuffer of a server that has the default: a longer request makes it close the connection without a word. */
export const LARGEST_REQUEST_BYTES = 0xfffff
const LENGTH_BYTES = 4
/** Where the xid of a frame stands: it is filled in when the frame is sent. */
export const XID_OFFSET = LENGTH_BYTES

export interface Request<T> {
  readonly opcode: number
  /** For errors, as the caller wrote it. */
  readonly path: string
  /** The znode that is missing when the server says NoNode; default: path. */
  readonly needs?: string
  /** What a server must know to be asked this: to one that does not the request is never sent. */
  readonly feature?: Feature | undefined
  /** What a code means for this operation, where the general sentence says too little. */
  readonly explain?: Explanations | undefined
  /** It changes something: once sent, its outcome is unknown until the answer comes. */
  readonly write?: boolean
  /** Its answer may have any size, as a list or data may. */
  readonly large?: boolean
  /** It may be sent again on another connection, because doing it twice is the same as once. */
  readonly repeatable?: boolean
  readonly encode: (writer: JuteWriter) => unknown
  /** Called in the order of the answers, before any later frame is looked at. */
  readonly decode: (reader: JuteReader, zxid: bigint) => T | Slices<T>
  /** The server did it, but nobody waits for it any more. */
  readonly late?: () => void
}

/** A request that older servers must be asked in other words: made for the server it goes to, when it is sent. */
export type RequestFor<T> = (features: ServerFeatures) => Request<T>

export type Explanations = Readonly<Partial<Record<ErrorCode, string>>>

/** The whole frame, its xid still 0. @throws ZooKeeperError TooLarge, and what `encode` throws. */
export function encodeRequest(request: Request<unknown>): Buffer {
  const frame = encodeFrame((writer) => request.encode(writer.int(0).int(request.opcode)))
  const length = frame.length - LENGTH_BYTES
  if (length <= LARGEST_REQUEST_BYTES) return frame
  const detail = `the request has ${length} bytes, the limit is ${LARGEST_REQUEST_BYTES}`
  throw new ZooKeeperError('TooLarge', { path: request.path, detail })
}
