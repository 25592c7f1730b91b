import { z } from 'zod'
import { findChildren } from '@/lib/ensemble/reads'
import type { FindResponse } from '@/lib/queries/responses'
import { defineClusterRoute, pathSchema } from '@/lib/server/define-route'

const query = z.object({
  path: pathSchema,
  prefix: z.string().max(1000).default(''),
  limit: z.coerce.number().int().min(1).max(200).default(20),
})

export const GET = defineClusterRoute(query, async ({ ensemble, query, signal }) => {
  return { path: query.path, ...(await findChildren(ensemble, query, signal)) } satisfies FindResponse
})
