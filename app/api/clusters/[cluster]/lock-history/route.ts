import { z } from 'zod'
import { defineClusterRoute, pathSchema } from '@/lib/server/define-route'

/** The turns on a lock since somebody looks at it; asking for it begins that. */
export const GET = defineClusterRoute(z.object({ path: pathSchema }), ({ ensemble, query }) =>
  ensemble.locks.history(query.path),
)
