import { setMaxListeners } from 'node:events'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'

/**
 * Something that a client program does for as long as it lives. It is started again when it throws or returns; `signal`
 * says that the session is over, and with it every ephemeral znode that was made in it.
 */
export type Activity = (session: Session, signal: AbortSignal) => Promise<void>

export interface Worker {
  /** Ends the session on the server. */
  stop(): Promise<void>
}

/** Between two tries of an activity that failed, milliseconds: an ensemble without a leader needs about that long. */
const PAUSE_AFTER_FAILURE_MS = 1_000

/** One client program: one session shared by its activities, and a new one, with all of them, when it has expired. */
export function startWorker(options: {
  readonly connect: string
  readonly sessionTimeoutMs: number
  readonly activities: readonly Activity[]
}): Worker {
  const stopped = new AbortController()
  const done = (async () => {
    while (!stopped.signal.aborted) await live(options, stopped.signal)
  })()
  return {
    async stop() {
      stopped.abort()
      await done
    },
  }
}

async function live(
  { connect: servers, sessionTimeoutMs, activities }: Parameters<typeof startWorker>[0],
  stopped: AbortSignal,
): Promise<void> {
  const life = new AbortController()
  // Each activity waits for one thing at a time, some inside another; Node warns of more than ten in all.
  setMaxListeners(activities.length * 4, life.signal)
  const session = connect({ connect: servers, sessionTimeoutMs })
  let closed = Promise.resolve()
  const end = () => {
    if (life.signal.aborted) return
    life.abort()
    // At once: what waits for a server would hold up the end.
    closed = session.close()
  }
  session.onStatus(({ status }) => {
    if (status === 'expired' || status === 'closed' || status === 'auth-failed') end()
  })
  stopped.addEventListener('abort', end)
  await Promise.all(activities.map((activity) => repeat(activity, session, life.signal)))
  stopped.removeEventListener('abort', end)
  await closed
}

async function repeat(activity: Activity, session: Session, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await activity(session, signal)
    } catch {
      // A server was killed, or somebody changed what we were about to: look again, that is all a workload can do.
      await pause(PAUSE_AFTER_FAILURE_MS, signal)
    }
  }
}

/** Resolves after that many milliseconds, or at once when the signal aborts. Never rejects. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const finish = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timer = setTimeout(finish, ms)
    signal.addEventListener('abort', finish)
  })
}
