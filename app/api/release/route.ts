import { z } from 'zod'
import { defineRoute, viewerSchema } from '@/lib/server/define-route'
import { runtime } from '@/lib/server/runtime'

/** A tab shows nothing any more. See the release of a single path for why this is a GET. */
export const GET = defineRoute(z.object({ viewer: viewerSchema }), ({ query }) => {
  const [stream = '', tab = ''] = query.viewer.split('.')
  runtime().streams.releaseTab(stream, tab)
  return { released: true }
})
