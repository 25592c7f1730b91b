/** How large an answer may be, in bytes. */
export interface ReplyLimits {
  /** Above this a list or data is not asked for when its size is known before, and thrown away unread when it is not. */
  readonly soft: number
  /** Above this the connection is given up. */
  readonly hard: number
}

const MIB = 1024 * 1024

/** 64 MiB are about a million names. */
export const DEFAULT_REPLY_LIMITS: ReplyLimits = { soft: 64 * MIB, hard: 256 * MIB }

/** Every other message holds a path and little more: what a server took in one request comes back in one. */
export const LARGEST_PLAIN_BYTES = 4 * MIB

/** A name of 56 bytes and its length: what lock recipes call their znodes. */
const BYTES_A_CHILD = 60

/** What a listing of so many children will be about, in bytes. */
export function estimateListing(children: number, bytesAChild = BYTES_A_CHILD): number {
  return Math.ceil(children * bytesAChild)
}

export function inMegabytes(bytes: number): string {
  return `${(bytes / MIB).toFixed(bytes < 10 * MIB ? 1 : 0)} MB`
}
