'use client'

import { useQuery } from '@tanstack/react-query'
import { type ComponentType, useEffect, useState } from 'react'
import { useLive } from '@/components/live/live-provider'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { toAppError } from '@/lib/queries/get-json'
import { lockHistoryQuery, lockQuery } from '@/lib/queries/locks'
import {
  GONE_TITLE,
  GONE_WORDS,
  NO_LOCK_TITLE,
  NO_LOCK_WORDS,
  READ_AGAIN,
  READING,
  STALE_TITLE,
  STALE_WORDS,
} from '@/lib/text/locks'
import { LockClock } from './lock-clock'
import { LockHeading } from './lock-heading'
import { type ContenderMenuProps, LockSceneProvider } from './lock-scene'
import { LockWorkspace } from './lock-workspace'

/** One lock, live: or why there is none to show. */
export function LockPane({
  cluster,
  path,
  menu,
}: {
  cluster: string
  path: string
  menu: ComponentType<ContenderMenuProps> | null
}) {
  const live = useLive()
  const { data, error, refetch, dataUpdatedAt } = useQuery(lockQuery(cluster, path, () => live.viewer))
  useEffect(() => () => live.release(cluster, path, 'lock'), [live, cluster, path])
  const recognised = data !== undefined && data.kind !== 'none'
  const { data: history, dataUpdatedAt: historyAt } = useQuery({
    ...lockHistoryQuery(cluster, path),
    enabled: recognised,
  })
  const slow = useSlow(data === undefined && error === null)
  const readAgain = <Button onClick={() => void refetch()}>{READ_AGAIN}</Button>

  return (
    <div className="h-full overflow-y-auto px-5 max-sm:px-3">
      <LockHeading cluster={cluster} path={path} view={data ?? null} />
      {data === undefined && error === null && (
        <p role="status" className="py-3 text-ink-3">
          {slow && READING}
        </p>
      )}
      {error !== null && data === undefined && (
        <ErrorPanel className="my-3" error={toAppError(error)} actions={readAgain} />
      )}
      {error !== null && data !== undefined && (
        <Banner tone="changed" title={STALE_TITLE} className="my-3" actions={readAgain}>
          {STALE_WORDS} {toAppError(error).message}
        </Banner>
      )}
      {data !== undefined && !data.exists && (
        <Banner tone="problem" title={GONE_TITLE} className="my-3">
          {GONE_WORDS}
        </Banner>
      )}
      {data?.exists && data.kind === 'none' && (
        <Banner tone="quiet" title={NO_LOCK_TITLE} className="my-3">
          {NO_LOCK_WORDS}
        </Banner>
      )}
      {data !== undefined && (
        <LockClock
          sample={history === undefined ? null : { server: history.now, browser: historyAt }}
          view={{ server: data.at, browser: dataUpdatedAt }}
        >
          <LockSceneProvider cluster={cluster} lock={path} kind={data.kind} at={data.at} menu={menu}>
            <LockWorkspace cluster={cluster} view={data} history={history ?? null} />
          </LockSceneProvider>
        </LockClock>
      )}
    </div>
  )
}

const PATIENCE_MS = 150

/** True once something has lasted: a word that only flickers is worse than none. */
function useSlow(waiting: boolean): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    setSlow(false)
    if (!waiting) return
    const timer = setTimeout(() => setSlow(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [waiting])
  return slow
}
