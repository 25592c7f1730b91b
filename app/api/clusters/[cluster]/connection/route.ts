import { z } from 'zod'
import type { ConnectionResponse } from '@/lib/queries/responses'
import { defineClusterRoute } from '@/lib/server/define-route'

export const GET = defineClusterRoute(
  z.object({}),
  ({ ensemble }) => ({ connection: ensemble.connection() }) satisfies ConnectionResponse,
)
