import type { QueryClient } from '@tanstack/react-query'
import type { LiveClient } from '@/lib/live/client'
import type { LiveMessage } from '@/lib/live/protocol'
import { connectionQuery } from '@/lib/queries/connection'
import { nodeKeys } from '@/lib/queries/node'

/** Puts what the stream says into the query cache, and has read again what it only says to be old. */
export function feed(queries: QueryClient, live: LiveClient, message: LiveMessage): void {
  switch (message.type) {
    case 'reset':
      // Nothing that is shown is registered on this stream yet: reading it again registers it.
      void queries.invalidateQueries({ queryKey: ['c'] })
      return
    case 'gap':
      void queries.invalidateQueries({ queryKey: nodeKeys.all(message.cluster) })
      return
    case 'connection': {
      const { queryKey } = connectionQuery(message.cluster, () => live.viewer)
      queries.setQueryData(queryKey, { connection: message.connection })
      // An answer under way may be older than this message, and no other message would correct it: ask anew.
      if (queries.isFetching({ queryKey, exact: true }) > 0) void queries.invalidateQueries({ queryKey, exact: true })
      return
    }
    case 'beat':
    case 'changes':
  }
}
