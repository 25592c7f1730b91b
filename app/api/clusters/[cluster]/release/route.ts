import { z } from 'zod'
import { defineClusterRoute, pathSchema } from '@/lib/server/define-route'

/**
 * A tab no longer shows a path. A GET although it changes what the stream is told: it changes nothing in ZooKeeper, and
 * only who knows the stream's random id can name it.
 */
export const GET = defineClusterRoute(
  z.object({ path: pathSchema, what: z.enum(['directory', 'node', 'lock', 'locks']) }),
  ({ viewer, query }) => {
    viewer?.subscription.release(query.path, query.what, viewer.tab)
    return { released: true }
  },
)
