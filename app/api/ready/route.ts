import { z } from 'zod'
import { defineRoute } from '@/lib/server/define-route'
import { runtime } from '@/lib/server/runtime'
import { ZooKeeperError } from '@/lib/zookeeper/errors'

/** Settings are read and the process takes requests; false from the moment it is told to stop. */
export const GET = defineRoute(z.object({}), () => {
  if (runtime().stopping) throw new ZooKeeperError('Closed')
  return { status: 'ready' }
})
