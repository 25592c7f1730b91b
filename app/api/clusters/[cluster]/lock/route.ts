import { z } from 'zod'
import { defineClusterRoute, pathSchema } from '@/lib/server/define-route'

const query = z.object({
  path: pathSchema,
  from: z.coerce.number().int().min(0).default(0),
  count: z.coerce.number().int().min(0).max(500).default(200),
})

/** A part of those who take part in a lock; with a viewer it is followed from then on. */
export const GET = defineClusterRoute(query, ({ ensemble, query, viewer }) =>
  ensemble.locks.view(query.path, query.from, query.count, viewer),
)
