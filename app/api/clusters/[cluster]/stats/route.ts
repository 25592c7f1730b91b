import { z } from 'zod'
import { readStats } from '@/lib/ensemble/reads'
import type { StatsResponse } from '@/lib/queries/responses'
import { defineClusterRoute, pathSchema } from '@/lib/server/define-route'
import { checkName } from '@/lib/znode/path'
import { statToJson } from '@/lib/znode/stat'

const name = z.string().refine((value) => checkName(value) === null, 'is not the name of a child')
const query = z.object({
  path: pathSchema,
  name: z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(name).min(1).max(200)),
})

export const GET = defineClusterRoute(query, async ({ ensemble, query, viewer, signal }) => {
  const stats = await readStats(ensemble, query.path, query.name, viewer, signal)
  return {
    path: query.path,
    stats: stats.map((stat) => (stat === null || 'error' in stat ? stat : statToJson(stat))),
  } satisfies StatsResponse
})
