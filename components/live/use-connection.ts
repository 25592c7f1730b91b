'use client'

import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ConnectionView, Load } from '@/lib/live/protocol'
import { connectionQuery } from '@/lib/queries/connection'
import { toAppError } from '@/lib/queries/get-json'
import type { AppError } from '@/lib/znode/app-error'
import { useLive } from './live-provider'

/** After this much silence what is shown is called stale, with its age. */
export const STALE_MS = 3000

export interface ConnectionState {
  /** null until the first answer. */
  readonly connection: ConnectionView | null
  /** Why the Zoolens server itself gave no answer. */
  readonly error: AppError | null
  /** Whether the Zoolens server is heard. */
  readonly stream: 'connecting' | 'open' | 'lost'
  /** Milliseconds since the ensemble was last heard, counted on while nothing arrives; null when never. */
  readonly silentMs: number | null
  readonly zxid: string | null
  readonly load: Load | null
  /** Directories and nodes that are open in this browser without being live. */
  readonly unwatched: number
}

interface Heard {
  /** Date.now() in this browser when the ensemble was last known to be heard. */
  readonly at: number
  readonly zxid: string
  readonly load: Load
  readonly unwatched: number
}

/** The state of the way from the ensemble to this screen, kept current by the beats of the stream. */
export function useConnection(cluster: string): ConnectionState {
  const live = useLive()
  const { data, error, dataUpdatedAt } = useQuery(connectionQuery(cluster, () => live.viewer))
  const [heard, setHeard] = useState<Heard | null>(null)
  const [stream, setStream] = useState(live.status.stream)
  const [now, setNow] = useState(() => Date.now())

  useEffect(() => live.onStatus((status) => setStream(status.stream)), [live])
  useEffect(() => {
    setHeard(null)
    return live.subscribe((message) => {
      if (message.type !== 'beat') return
      const beat = message.clusters[cluster]
      if (!beat) return
      const at = Date.now()
      setNow(at)
      const { heardAgoMs, ...heard } = beat
      if (heardAgoMs >= 0) setHeard({ at: at - heardAgoMs, ...heard })
    })
  }, [live, cluster])
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [])

  const connection = data?.connection ?? null
  const first = connection && connection.heardAgoMs >= 0 ? dataUpdatedAt - connection.heardAgoMs : null
  const heardAt = Math.max(heard?.at ?? 0, first ?? 0)
  useEffect(() => {
    const wait = heardAt + STALE_MS - Date.now()
    if (wait < 0) return
    // To the moment: a link that stays silent is given up some 1.5 s later, and is called something else then.
    const timer = setTimeout(() => setNow(Date.now()), wait + 1)
    return () => clearTimeout(timer)
  }, [heardAt])
  return {
    connection,
    error: error && !connection ? toAppError(error) : null,
    stream,
    silentMs: heardAt === 0 ? null : Math.max(0, now - heardAt),
    zxid: heard?.zxid ?? connection?.zxid ?? null,
    load: heard?.load ?? connection?.load ?? null,
    unwatched: heard?.unwatched ?? 0,
  }
}
