import { z } from 'zod'
import { defineRoute } from '@/lib/server/define-route'
import { METRICS_CONTENT_TYPE, renderMetrics } from '@/lib/server/metrics'

export const GET = defineRoute(
  z.object({}),
  async () => new Response(await renderMetrics(), { headers: { 'content-type': METRICS_CONTENT_TYPE } }),
)
