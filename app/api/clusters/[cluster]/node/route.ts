import { z } from 'zod'
import { readNode } from '@/lib/ensemble/reads'
import type { NodeResponse } from '@/lib/queries/responses'
import { defineClusterRoute, pathSchema } from '@/lib/server/define-route'
import { statToJson } from '@/lib/znode/stat'

export const GET = defineClusterRoute(z.object({ path: pathSchema }), async ({ ensemble, query, viewer, signal }) => {
  const { data, dataError, stat } = await readNode(ensemble, query.path, viewer, signal)
  const encoded = data === null ? null : data.toString('base64')
  return { path: query.path, data: encoded, dataError, stat: statToJson(stat) } satisfies NodeResponse
})
