import { z } from 'zod'
import { defineClusterRoute, pathSchema } from '@/lib/server/define-route'
import { runtime } from '@/lib/server/runtime'

/**
 * A tab no longer shows a path (or, without one, anything of this cluster). A GET although it changes what the stream
 * is told: it changes nothing in ZooKeeper, and only who knows the stream's random id can name it.
 */
export const GET = defineClusterRoute(
  z.object({ path: pathSchema.optional(), stream: z.uuid(), tab: z.string().regex(/^[0-9a-z]{1,16}$/) }),
  ({ ensemble, query }) => {
    runtime().streams.release(ensemble, query.stream, query.tab, query.path ?? null)
    return { released: true }
  },
)
