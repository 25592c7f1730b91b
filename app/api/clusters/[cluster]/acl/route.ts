import { z } from 'zod'
import { readAcl } from '@/lib/ensemble/reads'
import type { AclResponse } from '@/lib/queries/responses'
import { defineClusterRoute, pathSchema } from '@/lib/server/define-route'
import { statToJson } from '@/lib/znode/stat'

export const GET = defineClusterRoute(z.object({ path: pathSchema }), async ({ ensemble, query, signal }) => {
  const { acl, stat } = await readAcl(ensemble, query.path, signal)
  return { path: query.path, acl, stat: statToJson(stat) } satisfies AclResponse
})
