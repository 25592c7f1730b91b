import { isZooKeeperError, ZooKeeperError } from '@/lib/zookeeper/errors'
import type { RequestOptions, Session } from '@/lib/zookeeper/session'
import type { Ensemble } from './ensemble'
import { Failure } from './failure'
import type { Outcome, Sent } from './outcome'
import { readBack } from './read-back'

/** A write must not wait for long behind a person's back: when the ensemble is away, say so instead. */
export const WRITE: RequestOptions = { timeoutMs: 10_000 }

export interface Write<T> {
  /** For errors. */
  readonly path: string
  readonly send: (session: Session) => Promise<T>
  /** Reads what there is now, and judges by it; called when the answer never came. */
  readonly judge: (session: Session, options: RequestOptions, sent: Sent) => Promise<Outcome<T>>
}

/** The session to write on. @throws ZooKeeperError, Failure when it cannot write now: nothing was sent. */
export function writableSession(ensemble: Ensemble, path: string): Session {
  const session = ensemble.sessions.live()
  const { cause, status } = session.info
  if (status === 'read-only') throw new ZooKeeperError('NotReadOnly', { path })
  if (status !== 'connected' && cause) throw new Failure(cause)
  return session
}

/**
 * Sends a write once, on a session that has just been read on. When the connection breaks under it nobody knows whether
 * it was applied: it is never sent again, the ensemble is asked instead.
 *
 * That it was not applied is certain only once the same session is connected again: from then on a server refuses what
 * still comes from its old connection (SessionMoved; the same server closes it, CLIENT_RECONNECT). Of a session that is
 * no more a write may still be under way, if it was local to one server.
 * @throws ZooKeeperError ConnectionLoss when it was not applied, UnknownOutcome when nothing tells
 */
export async function settle<T>(ensemble: Ensemble, session: Session, write: Write<T>): Promise<T> {
  const { path } = write
  const sent: Sent = { after: session.info.lastZxid, sessionId: session.info.sessionId }
  try {
    return await write.send(session)
  } catch (error) {
    if (!isZooKeeperError(error) || !error.outcomeUnknown) throw error
    const outcome = await judged(ensemble, write, sent)
    if (outcome.applied === true) return outcome.value
    if (outcome.applied === null) throw new ZooKeeperError('UnknownOutcome', { path, detail: outcome.detail })
    if (outcome.code !== undefined) throw new ZooKeeperError(outcome.code, { path })
    throw new ZooKeeperError('ConnectionLoss', {
      path,
      server: ensemble.sessions.live().info.server ?? undefined,
      detail: 'the ensemble was asked afterwards: the write was not applied',
    })
  }
}

async function judged<T>(ensemble: Ensemble, { path, judge }: Write<T>, sent: Sent): Promise<Outcome<T>> {
  try {
    const { value, sessionId } = await readBack(ensemble, path, (session, options) => judge(session, options, sent))
    if (value.applied !== false || sessionId === sent.sessionId) return value
    return { applied: null, detail: 'the session is over, and so far it has not been applied' }
  } catch (error) {
    const why = isZooKeeperError(error) ? error.message : 'no reason'
    return { applied: null, detail: `the ensemble could not be asked: ${why}` }
  }
}
