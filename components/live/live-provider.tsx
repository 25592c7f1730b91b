'use client'

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { BrowserLive } from '@/lib/live/browser-live'
import type { LiveClient } from '@/lib/live/client'
import { feed } from './feed'

const LiveContext = createContext<LiveClient | null>(null)

/** While the page is rendered on the server there is nothing to listen to. */
const SILENT: LiveClient = {
  viewer: '',
  status: { stream: 'connecting', lastHeardAt: 0 },
  subscribe: () => () => undefined,
  onStatus: () => () => undefined,
  release: () => undefined,
  markOwn: () => undefined,
  isOwn: () => false,
  onOwn: () => () => undefined,
}

let browserLive: BrowserLive | null = null

function liveClient(): LiveClient {
  if (typeof window === 'undefined') return SILENT
  browserLive ??= new BrowserLive()
  return browserLive
}

/** Holds the query cache and feeds it from the event stream. Once, around everything that shows live data. */
export function LiveProvider({ children }: { children: ReactNode }) {
  const [live] = useState(liveClient)
  const [queries] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          // The stream says when something changed; the server retries reads itself where that is safe.
          queries: { retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false },
          mutations: { retry: false },
        },
      }),
  )
  useEffect(() => live.subscribe((message) => feed(queries, live, message)), [live, queries])
  return (
    <LiveContext value={live}>
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </LiveContext>
  )
}

export function useLive(): LiveClient {
  const live = useContext(LiveContext)
  if (!live) throw new Error('useLive needs a LiveProvider around it.')
  return live
}
