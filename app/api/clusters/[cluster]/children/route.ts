import { z } from 'zod'
import { readChildren } from '@/lib/ensemble/reads'
import type { ChildrenResponse } from '@/lib/queries/responses'
import { defineClusterRoute, pathSchema } from '@/lib/server/define-route'
import { toHex } from '@/lib/znode/stat'

const query = z.object({
  path: pathSchema,
  from: z.coerce.number().int().min(0).default(0),
  count: z.coerce.number().int().min(0).max(10_000).default(512),
  sort: z.enum(['name', 'sequence']).default('name'),
  filter: z.string().max(1000).default(''),
})

export const GET = defineClusterRoute(query, async ({ ensemble, query, viewer, signal }) => {
  const { pzxid, ...page } = await readChildren(ensemble, query, viewer, signal)
  return { path: query.path, from: query.from, pzxid: toHex(pzxid), ...page } satisfies ChildrenResponse
})
