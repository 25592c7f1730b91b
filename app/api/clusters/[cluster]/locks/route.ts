import { z } from 'zod'
import { defineClusterRoute } from '@/lib/server/define-route'

/** All locks that are known. The first who asks begins the search; `search` begins it anew, or ends it. */
export const GET = defineClusterRoute(
  z.object({ search: z.enum(['start', 'stop']).optional() }),
  ({ ensemble, query, viewer }) => ensemble.locks.list(query.search ?? null, viewer),
)
