import { z } from 'zod'
import { sessionsOf } from '@/lib/ensemble/sessions'
import type { SessionsResponse } from '@/lib/queries/lock-responses'
import { defineClusterRoute } from '@/lib/server/define-route'

/** The page asks every five seconds; several of them share one round of questions. */
const MAX_AGE_MS = 2500

export const GET = defineClusterRoute(z.object({}), async ({ ensemble }) => {
  const gathered = await ensemble.evidence.current(MAX_AGE_MS)
  return sessionsOf(gathered, new Map()) satisfies SessionsResponse
})
