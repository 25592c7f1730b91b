import { useEffect, useEffectEvent } from 'react'
import type { LiveClient } from '@/lib/live/client'
import type { Changes, LiveMessage } from '@/lib/live/protocol'
import { createRefresher } from './refresher'

/**
 * Reads again whenever the live stream says that what is shown is old: after a change that `concerns` it, and when the
 * connection to the ensemble is back. (After a 'reset' or a gap the whole query cache is read again anyway.)
 */
export function useLiveChanges(
  live: LiveClient,
  cluster: string,
  concerns: (changes: Changes) => boolean,
  read: () => Promise<unknown>,
): void {
  const isConcerned = useEffectEvent((message: LiveMessage) => {
    switch (message.type) {
      case 'connection':
        return message.cluster === cluster && message.connection.status === 'connected'
      case 'changes':
        return message.cluster === cluster && concerns(message)
      default:
        return false
    }
  })
  const readNow = useEffectEvent(read)
  useEffect(() => {
    const { refresh, stop } = createRefresher(() => readNow())
    const unsubscribe = live.subscribe((message) => {
      if (isConcerned(message)) refresh()
    })
    return () => {
      unsubscribe()
      stop()
    }
  }, [live])
}
