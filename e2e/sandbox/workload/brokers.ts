import { isZooKeeperError } from '@/lib/zookeeper/errors'
import type { Session } from '@/lib/zookeeper/session'
import { removeOwn } from './remove-own'
import { type Activity, pause } from './worker'

export const BROKERS = '/brokers/ids'
export const CONTROLLER = '/controller'
const EPOCH = '/controller_epoch'

/** What a Kafka broker with ZooKeeper keeps of itself: its registration, by its id. Source: Kafka 3.8, ZkData.scala. */
export function broker(id: number, host: string): Activity {
  return (session, signal) =>
    keep(session, signal, `${BROKERS}/${id}`, () => ({
      features: {},
      listener_security_protocol_map: { PLAINTEXT: 'PLAINTEXT' },
      endpoints: [`PLAINTEXT://${host}:9092`],
      jmx_port: -1,
      port: 9092,
      host,
      version: 5,
      timestamp: String(Date.now()),
    }))
}

/** Whoever creates the znode controls the cluster; the others watch it and try again when it goes. */
export function controller(id: number): Activity {
  return async (session, signal) => {
    const gone = goneOrNew(session, signal)
    try {
      if ((await session.oneShot.exists(CONTROLLER)) !== null) return await gone.promise
    } finally {
      gone.forget()
    }
    if (signal.aborted) return
    await keep(
      session,
      signal,
      CONTROLLER,
      () => ({
        version: 2,
        brokerid: id,
        timestamp: String(Date.now()),
        kraftControllerEpoch: -1,
      }),
      () => countEpoch(session),
    )
  }
}

/** Creates an ephemeral znode and keeps it until the session is over. */
async function keep(
  session: Session,
  signal: AbortSignal,
  path: string,
  data: () => object,
  then: () => Promise<void> = async () => {},
): Promise<void> {
  let own = false
  try {
    await session.create(path, Buffer.from(JSON.stringify(data())), { mode: 'ephemeral' })
    own = true
    await then()
    while (!signal.aborted) await pause(60_000, signal)
  } catch (error) {
    // Somebody was faster, or it is our own of before: a lost reply, or a session that has not expired yet.
    if (!isZooKeeperError(error) || error.code !== 'NodeExists') throw error
    await pause(1_000, signal)
  } finally {
    if (own) await removeOwn(session, signal, async () => path)
  }
}

async function countEpoch(session: Session): Promise<void> {
  const { data, stat } = await session.getData(EPOCH)
  const epoch = Number.parseInt(data?.toString('utf8') ?? '0', 10)
  await session.setData(EPOCH, Buffer.from(String(epoch + 1)), stat.version)
}

/** Resolves with the next event of the controller's znode, or with a new connection, which may have swallowed it. */
function goneOrNew(session: Session, signal: AbortSignal): { readonly promise: Promise<void>; forget(): void } {
  let wake: () => void = () => {}
  const promise = new Promise<void>((resolve) => {
    wake = resolve
  })
  const forgetEvents = session.oneShot.onEvent((event) => {
    if (event.path === CONTROLLER) wake()
  })
  const forgetConnections = session.onConnection(() => wake())
  signal.addEventListener('abort', wake)
  return {
    promise,
    forget() {
      forgetEvents()
      forgetConnections()
      signal.removeEventListener('abort', wake)
    },
  }
}
