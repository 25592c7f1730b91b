import { queryOptions } from '@tanstack/react-query'
import { apiUrl, getJson } from './get-json'
import type { ConnectionResponse } from './responses'

/** The state of the connection to an ensemble; asking for it opens the connection. Kept current by the live stream. */
export const connectionQuery = (cluster: string, viewer: () => string) =>
  queryOptions({
    queryKey: ['c', cluster, 'connection'] as const,
    queryFn: ({ signal }) =>
      getJson<ConnectionResponse>(apiUrl(['clusters', cluster, 'connection'], { viewer: viewer() }), signal),
    staleTime: Number.POSITIVE_INFINITY,
  })
