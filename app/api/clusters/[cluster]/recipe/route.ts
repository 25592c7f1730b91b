import { z } from 'zod'
import { readRecipe } from '@/lib/ensemble/locks/read-recipe'
import { defineClusterRoute, pathSchema } from '@/lib/server/define-route'

export const GET = defineClusterRoute(z.object({ path: pathSchema }), ({ ensemble, query, signal }) =>
  readRecipe(ensemble, query.path, signal),
)
