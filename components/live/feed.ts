import type { QueryClient } from '@tanstack/react-query'
import type { LiveClient } from '@/lib/live/client'
import type { LiveMessage } from '@/lib/live/protocol'
import { connectionQuery } from '@/lib/queries/connection'
import { lockKeys } from '@/lib/queries/locks'
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
    case 'lock':
      keepNewest(queries, lockKeys.lock(message.cluster, message.view.path), message.view)
      return
    case 'locks':
      keepNewest(queries, lockKeys.locks(message.cluster), message.response)
      return
    case 'beat':
    case 'changes':
  }
}

function keepNewest(queries: QueryClient, queryKey: readonly unknown[], news: { readonly revision: number }): void {
  queries.setQueryData<{ readonly revision: number }>(queryKey, (before) =>
    // Only what this tab shows: a lock that another tab looks at must be asked for here before it is told here.
    before === undefined || before.revision > news.revision ? before : news,
  )
}
