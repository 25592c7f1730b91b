import { z } from 'zod'
import { readStat } from '@/lib/ensemble/reads'
import type { StatResponse } from '@/lib/queries/responses'
import { defineClusterRoute, pathSchema } from '@/lib/server/define-route'
import { statToJson } from '@/lib/znode/stat'

export const GET = defineClusterRoute(z.object({ path: pathSchema }), async ({ ensemble, query, signal }) => {
  const stat = await readStat(ensemble, query.path, signal)
  return { path: query.path, stat: statToJson(stat) } satisfies StatResponse
})
