import type { Connect } from './session'
import { ZooKeeperSession } from './zookeeper-session'

/** @throws ZooKeeperError BadRequest or BadPath when the connect string makes no sense. */
export const connect: Connect = (options) => new ZooKeeperSession(options)
