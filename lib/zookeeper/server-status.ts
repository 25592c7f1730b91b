import type { Server } from './connect-string'
import { askFourLetterWord } from './four-letter-word'
import type { TlsOptions } from './security'

export interface ServerStatus {
  /** 'leader', 'follower', 'observer', 'standalone' or 'read-only'; null when it serves nobody or does not say. */
  readonly mode: string | null
  /** The last transaction that it has applied; null when it does not say. */
  readonly zxid: bigint | null
  /** It runs, but serves nobody: it has no quorum, or is about to find one. */
  readonly notServing: boolean
  /** Such as "3.9.6", what a vendor adds to it left off; null when it does not say, or is no server of Apache's. */
  readonly version: string | null
  /** It said something, and did not just close the connection. */
  readonly answered: boolean
}

export interface StatusRequest {
  readonly timeoutMs: number
  readonly tls?: TlsOptions | undefined
}

/**
 * Asks a server about itself, by srvr and not by isro, which a server takes only if its own readonlymode.enabled is on or
 * its whitelist names it. Resolves with what it says, which may be nothing; rejects as askFourLetterWord does.
 */
export async function askServerStatus(server: Server, request: StatusRequest): Promise<ServerStatus> {
  const answer = await askFourLetterWord(server, 'srvr', request)
  const zxid = /^Zxid: (0x[0-9a-f]+)$/m.exec(answer)?.[1]
  return {
    mode: /^Mode: (\S+)$/m.exec(answer)?.[1] ?? null,
    zxid: zxid === undefined ? null : BigInt(zxid),
    version: /^Zookeeper version: (\d+\.\d+\.\d+)/m.exec(answer)?.[1] ?? null,
    notServing: answer.includes('not currently serving requests'),
    answered: answer !== '',
  }
}

/** Like askServerStatus, but resolves with the error. */
export function tryServerStatus(server: Server, request: StatusRequest): Promise<ServerStatus | Error> {
  return askServerStatus(server, request).catch((error: unknown) => error as Error)
}

/** It takes sessions of the whole ensemble: in read-only mode it is one of a minority, and says nothing about the others. */
export function isServing(status: ServerStatus | Error): status is ServerStatus {
  return !(status instanceof Error) && !status.notServing && status.mode !== null && status.mode !== 'read-only'
}
