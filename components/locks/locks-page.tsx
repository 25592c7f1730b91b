'use client'

import { useCallback, useEffect, useRef } from 'react'
import { SplitPanes } from '@/components/browse/split-panes'
import { useConnection } from '@/components/live/use-connection'
import { Brand } from '@/components/shell/brand'
import { ClusterSwitcher } from '@/components/shell/cluster-switcher'
import { ConnectionBadge } from '@/components/shell/connection-badge'
import { ConnectionBanners } from '@/components/shell/connection-banners'
import { StatusBar } from '@/components/shell/status-bar'
import type { Theme } from '@/components/shell/theme'
import { ThemeMenu } from '@/components/shell/theme-menu'
import { ErrorPanel } from '@/components/ui/error-panel'
import type { ClusterSummary } from '@/lib/queries/responses'
import { CHOOSE, LOCK_PANE, LOCKS } from '@/lib/text/locks'
import { IMPOSSIBLE_PATH, PAGE_TITLE } from '@/lib/text/shell'
import { LockListPane } from './lock-list-pane'
import { LockPane } from './lock-pane'
import { useLockLocation } from './use-lock-location'

export interface LocksPageProps {
  readonly cluster: ClusterSummary
  readonly clusters: readonly ClusterSummary[]
  /** Width of the list in percent, as it was left. */
  readonly panes: number
  readonly theme: Theme
}

/** All locks on the left, one of them on the right. */
export function LocksPage({ cluster, clusters, panes, theme }: LocksPageProps) {
  const state = useConnection(cluster.id)
  const { path, problem, open } = useLockLocation()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (path !== null) document.title = PAGE_TITLE(path, cluster.name)
  }, [path, cluster.name])
  const nothing = useCallback(() => undefined, [])
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex min-h-11 flex-none flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-panel px-3">
        <Brand />
        <ClusterSwitcher cluster={cluster} clusters={clusters} />
        <div className="ml-auto" />
        <ConnectionBadge state={state} onOpen={nothing} />
        <ThemeMenu initial={theme} />
      </header>
      <ConnectionBanners cluster={cluster.id} state={state} />
      <main className="min-h-0 flex-1">
        <SplitPanes
          initial={panes}
          left={
            <section aria-label={LOCKS} data-pane className="h-full min-h-0">
              <LockListPane cluster={cluster.id} selected={path} onSelect={open} listRef={list} />
            </section>
          }
          right={
            <section aria-label={LOCK_PANE} data-pane className="h-full min-h-0">
              {path === null ? (
                <p className="px-5 py-4 text-ink-2">{CHOOSE}</p>
              ) : problem === null ? (
                <LockPane key={path} cluster={cluster.id} path={path} menu={null} />
              ) : (
                <>
                  <h1 className="px-5 pt-4 text-[15px] font-semibold">{IMPOSSIBLE_PATH}</h1>
                  <ErrorPanel error={problem} className="m-5" />
                </>
              )}
            </section>
          }
        />
      </main>
      <StatusBar state={state} onOpenLoad={nothing} />
    </div>
  )
}
