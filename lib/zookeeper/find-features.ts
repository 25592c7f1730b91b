import type { Server } from './connect-string'
import { OPCODE, WATCHER_TYPE } from './opcodes'
import type { TlsOptions } from './security'
import { type Feature, featuresOf, type ServerFeatures } from './server-features'
import type { ServerStatus } from './server-status'
import { type Answer, ThrowAwaySession } from './throw-away-session'

/** Requests wait for this. */
const TRIAL_MS = 3000
/** KeeperException.Code */
const UNIMPLEMENTED = -6
const MARSHALLING_ERROR = -5
const BAD_ARGUMENTS = -8

/** What every server has understood since 3.4. */
const NONE: ServerFeatures = featuresOf('3.4.0')

/**
 * What a server understands, without a risk for the session that is about to use it: by the version that it tells to
 * srvr, which no whitelist keeps back; where a network or another kind of server does, by trying on a session of its own.
 * Resolves within 3 s and never rejects: what cannot be found out is taken for missing.
 * @param status what it says to srvr
 */
export async function findFeatures(
  server: Server,
  status: ServerStatus | Error,
  tls?: TlsOptions,
): Promise<ServerFeatures> {
  if (!(status instanceof Error) && status.version !== null) return featuresOf(status.version)
  return tryFeatures(server, tls)
}

/**
 * Questions that change nothing, from the oldest to the newest, each after the answer to the one before: a server answers
 * what it does not know with Unimplemented and closes the connection (UnimplementedRequestProcessor), which then says the
 * same of everything newer. A failure of another kind says that it knew the question.
 */
async function tryFeatures(server: Server, tls?: TlsOptions): Promise<ServerFeatures> {
  const session = await ThrowAwaySession.open(server, { timeoutMs: TRIAL_MS, tls }).catch(() => null)
  const known: Partial<Record<Feature, boolean>> = {}
  if (session === null) return { ...NONE, version: null }
  const checkWatches = await session.ask(OPCODE.checkWatches, (w) => w.string('/').int(WATCHER_TYPE.any))
  if (knows(checkWatches)) {
    known.create2 = known.containers = known.ttl = true
    const addWatch = await session.ask(OPCODE.addWatch, (w) => w.string('/').int(0))
    if (knows(addWatch)) {
      // WatchManagerOptimized refuses it as if it could not read it.
      known.addWatch = addWatch?.zkCode !== MARSHALLING_ERROR
      known.multiRead = known.getEphemerals = true
      known.whoAmI = knows(await session.ask(OPCODE.whoAmI))
      const typed = await session.ask(OPCODE.checkWatches, (w) => w.string('/').int(WATCHER_TYPE.recursive))
      known.watcherTypes = known.eventZxid = knows(typed) && !REFUSED_TYPE.has(typed?.zkCode ?? 0)
    }
  }
  session.close()
  return { ...NONE, ...known, version: null }
}

const REFUSED_TYPE: ReadonlySet<number> = new Set([MARSHALLING_ERROR, BAD_ARGUMENTS])

function knows(answer: Answer | null): boolean {
  return answer !== null && answer.zkCode !== UNIMPLEMENTED
}
