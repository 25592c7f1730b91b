import { z } from 'zod'
import { defineClusterRoute, pathSchema } from '@/lib/server/define-route'
import { eventStream } from '@/lib/server/event-stream'
import { runtime } from '@/lib/server/runtime'

/** For scripts: everything that happens to the children of `path` (and below them, as counts), without further calls. */
export const GET = defineClusterRoute(
  z.object({ path: pathSchema.default('/') }),
  async ({ ensemble, query, signal, headers }) => {
    const id = crypto.randomUUID()
    const { subscription } = runtime().streams.viewer(ensemble, id, 'script')
    // First the interest: a stream that looks at nothing is forgotten with the next beat.
    subscription.watchDirectory(query.path, 'script')
    await ensemble.mirror.directory(query.path)
    return eventStream(id, headers, signal)
  },
)
