import { z } from 'zod'
import { defineRoute } from '@/lib/server/define-route'
import { eventStream } from '@/lib/server/event-stream'

/** The one stream of a browser, for all its tabs and clusters; reads that name it decide what it carries. */
export const GET = defineRoute(
  z.object({ stream: z.uuid(), again: z.literal('1').optional() }),
  ({ query, headers, signal }) => eventStream(query.stream, headers, signal, query.again !== undefined),
)
