'use client'

import { CircleHelp } from 'lucide-react'
import dynamic from 'next/dynamic'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import { useConnection } from '@/components/live/use-connection'
import { Button } from '@/components/ui/button'
import { loadPart } from '@/components/ui/load-part'
import type { ClusterSummary } from '@/lib/queries/responses'
import { HELP } from '@/lib/text/shell'
import { Brand } from './brand'
import { ClusterSwitcher } from './cluster-switcher'
import { ConnectionBadge } from './connection-badge'
import { ConnectionBanners } from './connection-banners'
import { CurrentCluster } from './current-cluster'
import { GoToPath } from './go-to-path'
import { focusNextPane } from './next-pane'
import type { PageKind } from './page-kind'
import { PageNav } from './page-nav'
import { StatusBar } from './status-bar'
import type { Theme } from './theme'
import { ThemeMenu } from './theme-menu'
import { useOpenPage } from './use-open-page'
import { useShortcuts } from './use-shortcuts'

const HelpDialog = dynamic(() => loadPart(() => import('./help-dialog')).then((module) => module.HelpDialog))
const LoadPanel = dynamic(() => loadPart(() => import('./load-panel')).then((module) => module.LoadPanel))

export interface PageFrameProps {
  readonly page: PageKind
  readonly cluster: ClusterSummary
  readonly clusters: readonly ClusterSummary[]
  readonly theme: Theme
  /** What the keyboard can skip to, past the header: a selector within the page. */
  readonly skip: { readonly label: string; readonly to: string }
  /** Shows the znode at a path that was typed; without it, Browse does. */
  readonly onGo?: (path: string) => void
  readonly children: ReactNode
}

/** What is around every page of an ensemble: which ensemble it is, the other pages, and the state of the connection. */
export function PageFrame({ page, cluster, clusters, theme, skip, onGo, children }: PageFrameProps) {
  const state = useConnection(cluster.id)
  const main = useRef<HTMLElement>(null)
  const goToInput = useRef<HTMLInputElement>(null)
  const [help, setHelp] = useState(false)
  const [showsLoad, setShowsLoad] = useState(false)
  const skipTo = useCallback(() => main.current?.querySelector<HTMLElement>(skip.to)?.focus(), [skip.to])
  const { openPage, openZnode } = useOpenPage(cluster.id, page)
  const showHelp = useCallback(() => setHelp(true), [])
  useShortcuts({
    goTo: useCallback(() => goToInput.current?.focus(), []),
    help: showHelp,
    openPage,
    nextPane: useCallback((backwards: boolean) => focusNextPane(main.current, backwards), []),
  })
  return (
    <div className="flex h-dvh flex-col">
      <header className="flex min-h-11 flex-none flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-panel px-3 max-lg:py-1.5 max-sm:gap-x-2">
        <button type="button" className="sr-only focus-visible:not-sr-only focus-visible:px-3" onClick={skipTo}>
          {skip.label}
        </button>
        <span className="max-sm:hidden">
          <Brand />
        </span>
        <ClusterSwitcher page={page} cluster={cluster} clusters={clusters} />
        <PageNav cluster={cluster.id} page={page} onOpen={openPage} />
        <div className="ml-auto" />
        <div className="max-lg:order-last max-lg:w-full">
          <GoToPath cluster={cluster.id} onGo={onGo ?? openZnode} onLeave={skipTo} inputRef={goToInput} />
        </div>
        <ConnectionBadge state={state} onOpen={() => setShowsLoad(true)} />
        <ThemeMenu initial={theme} />
        <Button variant="ghost" size="icon" aria-label={HELP} title={`${HELP} (?)`} onClick={showHelp}>
          <CircleHelp size={15} aria-hidden />
        </Button>
      </header>
      <ConnectionBanners cluster={cluster.id} state={state} />
      <main ref={main} className="min-h-0 flex-1">
        <CurrentCluster value={cluster}>{children}</CurrentCluster>
      </main>
      <StatusBar state={state} onOpenLoad={() => setShowsLoad(true)} />
      {help && <HelpDialog open onOpenChange={setHelp} />}
      {showsLoad && <LoadPanel cluster={cluster.name} state={state} onOpenChange={setShowsLoad} />}
    </div>
  )
}
