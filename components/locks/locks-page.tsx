'use client'

import { useEffect, useRef } from 'react'
import { SplitPanes } from '@/components/browse/split-panes'
import { PageFrame } from '@/components/shell/page-frame'
import type { Theme } from '@/components/shell/theme'
import { ErrorPanel } from '@/components/ui/error-panel'
import type { ClusterSummary } from '@/lib/queries/responses'
import { CHOOSE, LOCK_PANE, LOCKS, SKIP_TO_LIST } from '@/lib/text/locks'
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
  const { path, problem, open } = useLockLocation()
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (path !== null) document.title = PAGE_TITLE(path, cluster.name)
  }, [path, cluster.name])
  return (
    <PageFrame page="locks" cluster={cluster} clusters={clusters} theme={theme} skip={SKIP}>
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
    </PageFrame>
  )
}

const SKIP = { label: SKIP_TO_LIST, to: '[role="listbox"]' }
