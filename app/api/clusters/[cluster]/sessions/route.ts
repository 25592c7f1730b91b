import { z } from 'zod'
import { sessionsOf } from '@/lib/ensemble/sessions'
import type { SessionsResponse } from '@/lib/queries/lock-responses'
import { defineClusterRoute } from '@/lib/server/define-route'

/** The page asks every five seconds; several of them share one round of questions. */
const MAX_AGE_MS = 2500

export const GET = defineClusterRoute(z.object({}), async ({ ensemble }) => {
  const gathered = await ensemble.evidence.current(MAX_AGE_MS)
  // Where a server lists the ephemerals their locks are found in one question; else only those are told that are known.
  if (gathered.ephemerals !== null) ensemble.locks.list(null, null)
  return sessionsOf(gathered, ensemble.locks.bySession()) satisfies SessionsResponse
})
