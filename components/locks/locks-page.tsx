'use client'

import { useCallback, useEffect, useRef } from 'react'
import { SplitPanes } from '@/components/browse/split-panes'
import { PageFrame } from '@/components/shell/page-frame'
import type { Theme } from '@/components/shell/theme'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import type { ClusterSummary } from '@/lib/queries/responses'
import { ALL_LOCKS, CHOOSE, LOCK_PANE, LOCKS, LOCKS_TITLE, SKIP_TO_LIST } from '@/lib/text/locks'
import { IMPOSSIBLE_PATH, PAGE_TITLE } from '@/lib/text/shell'
import { ActsHost } from './acts/acts-host'
import { ContenderMenu } from './acts/contender-menu'
import { LockListPane } from './lock-list-pane'
import { LockPane } from './lock-pane'
import { useLockLocation } from './use-lock-location'
import { useNarrow } from './use-narrow'

export interface LocksPageProps {
  readonly cluster: ClusterSummary
  readonly clusters: readonly ClusterSummary[]
  /** Width of the list in percent, as it was left. */
  readonly panes: number
  readonly theme: Theme
}

/** All locks on the left, one of them on the right; where there is no room for both, one of them. */
export function LocksPage({ cluster, clusters, panes, theme }: LocksPageProps) {
  const { path, problem, open, close } = useLockLocation()
  const list = useRef<HTMLDivElement>(null)
  const back = useCallback(() => {
    close()
    requestAnimationFrame(() => list.current?.focus())
  }, [close])
  const narrow = useNarrow()
  useEffect(() => {
    document.title = path === null ? LOCKS_TITLE(cluster.name) : PAGE_TITLE(path, cluster.name)
  }, [path, cluster.name])

  const left = (
    <section aria-label={LOCKS} data-pane className="h-full min-h-0 bg-panel">
      <LockListPane cluster={cluster.id} selected={path} onSelect={open} listRef={list} />
    </section>
  )
  const right = (
    <section aria-label={LOCK_PANE} data-pane className="flex h-full min-h-0 flex-col bg-panel">
      {narrow && (
        <Button variant="ghost" size="small" className="m-1 flex-none self-start" onClick={back}>
          ‹ {ALL_LOCKS}
        </Button>
      )}
      <div className="min-h-0 flex-1">
        {path === null ? (
          <p className="px-5 py-4 text-ink-2">{CHOOSE}</p>
        ) : problem === null ? (
          <LockPane key={path} cluster={cluster.id} path={path} menu={ContenderMenu} />
        ) : (
          <>
            <h1 className="px-5 pt-4 text-[15px] font-semibold">{IMPOSSIBLE_PATH}</h1>
            <ErrorPanel error={problem} className="m-5" />
          </>
        )}
      </div>
    </section>
  )
  return (
    <PageFrame page="locks" cluster={cluster} clusters={clusters} theme={theme} skip={SKIP}>
      {path === null && <h1 className="sr-only">{LOCKS}</h1>}
      <ActsHost>
        {narrow ? path === null ? left : right : <SplitPanes initial={panes} left={left} right={right} />}
      </ActsHost>
    </PageFrame>
  )
}

const SKIP = { label: SKIP_TO_LIST, to: '[role="listbox"]' }
