import { z } from 'zod'
import type { ClustersResponse } from '@/lib/queries/responses'
import { defineRoute } from '@/lib/server/define-route'
import { clusterSummaries } from '@/lib/server/runtime'

export const GET = defineRoute(z.object({}), () => ({ clusters: clusterSummaries() }) satisfies ClustersResponse)
