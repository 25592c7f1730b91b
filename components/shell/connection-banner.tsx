'use client'

import { type ReactNode, useEffect, useState } from 'react'
import { healthOf } from '@/components/live/health'
import type { ConnectionState } from '@/components/live/use-connection'
import { Banner } from '@/components/ui/banner'
import { AGE, BANNER } from '@/lib/text/shell'

/** A reconnect to the next server takes some ten milliseconds: not worth a bar that comes and goes. */
const PATIENCE_MS = 700

/** What is the matter with the connection, why, and what that means for what is on the screen. */
export function ConnectionBanner({ state }: { state: ConnectionState }): ReactNode {
  const health = healthOf(state)
  const calm = health === 'connected' || health === 'syncing'
  const [shown, setShown] = useState(false)
  useEffect(() => {
    setShown(false)
    if (calm) return
    const timer = setTimeout(() => setShown(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [calm])
  if (health === 'connected' || health === 'syncing' || !shown) return null
  const { title, text } = BANNER[health]
  const cause = health === 'offline' ? state.error : state.connection?.cause
  return (
    <Banner
      tone={health === 'unreachable' || health === 'offline' || health === 'auth-failed' ? 'problem' : 'changed'}
      title={title}
      className="mx-3 my-2 flex-none"
    >
      {text(state.silentMs === null ? null : AGE(state.silentMs))}
      {cause && (
        <span className="mt-0.5 block">
          <code className="mr-2 font-mono text-xs">{cause.code}</code>
          {cause.message} {cause.hint}
        </span>
      )}
    </Banner>
  )
}
