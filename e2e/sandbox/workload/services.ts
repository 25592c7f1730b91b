import type { Random } from './random'
import { removeOwn } from './remove-own'
import { type Activity, pause } from './worker'

export const SERVICES = '/services'

/** One instance of a service that registers, works for a while, leaves, and comes back as another: Curator's discovery. */
export function serviceInstance(random: Random, service: string, address: string, port: number): Activity {
  return async (session, signal) => {
    const id = random.uuid()
    const path = `${SERVICES}/${service}/${id}`
    // The fields of Curator's ServiceInstance, in its order.
    const instance = {
      name: service,
      id,
      address,
      port,
      sslPort: null,
      payload: { version: `2.${random.between(0, 9)}.1` },
      registrationTimeUTC: Date.now(),
      serviceType: 'DYNAMIC',
      uriSpec: null,
    }
    try {
      await session.create(path, Buffer.from(JSON.stringify(instance)), { mode: 'ephemeral' })
      await pause(random.between(15_000, 60_000), signal)
    } finally {
      await removeOwn(session, signal, async () => path)
    }
    await pause(random.between(3_000, 12_000), signal)
  }
}
