'use client'

import { CircleHelp } from 'lucide-react'
import dynamic from 'next/dynamic'
import { useCallback, useRef, useState } from 'react'
import { useLive } from '@/components/live/live-provider'
import { useConnection } from '@/components/live/use-connection'
import { NodeWorkspace } from '@/components/node/node-workspace'
import { Brand } from '@/components/shell/brand'
import { ClusterSwitcher } from '@/components/shell/cluster-switcher'
import { ConnectionBadge } from '@/components/shell/connection-badge'
import { ConnectionBanners } from '@/components/shell/connection-banners'
import { GoToPath } from '@/components/shell/go-to-path'
import { StatusBar } from '@/components/shell/status-bar'
import type { Theme } from '@/components/shell/theme'
import { ThemeMenu } from '@/components/shell/theme-menu'
import { useShortcuts } from '@/components/shell/use-shortcuts'
import { ZnodeTree } from '@/components/tree/znode-tree'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { loadPart } from '@/components/ui/load-part'
import type { ClusterSummary } from '@/lib/queries/responses'
import { HELP, IMPOSSIBLE_PATH, NODE_PANE, OPEN_ROOT, SKIP_TO_TREE, TREE_PANE } from '@/lib/text/shell'
import { NodeDialogs, type OpenDialog } from './node-dialogs'
import { SplitPanes } from './split-panes'
import { useDocumentTitle } from './use-document-title'
import { useFocusWhenShown } from './use-focus-when-shown'
import { useGapNotice } from './use-gap-notice'
import { useLocation } from './use-location'
import { useTreeActions } from './use-tree-actions'

const HelpDialog = dynamic(() =>
  loadPart(() => import('@/components/shell/help-dialog')).then((module) => module.HelpDialog),
)

const LoadPanel = dynamic(() =>
  loadPart(() => import('@/components/shell/load-panel')).then((module) => module.LoadPanel),
)

export interface BrowsePageProps {
  readonly cluster: ClusterSummary
  readonly clusters: readonly ClusterSummary[]
  /** Width of the tree in percent, as it was left. */
  readonly panes: number
  readonly theme: Theme
}

/** The explorer: tree, znode, and the state of the connection around them. */
export function BrowsePage({ cluster, clusters, panes, theme }: BrowsePageProps) {
  const live = useLive()
  const state = useConnection(cluster.id)
  const { path, problem, tab, open, showTab } = useLocation()
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const [help, setHelp] = useState(false)
  const [showsLoad, setShowsLoad] = useState(false)
  const goToInput = useRef<HTMLInputElement>(null)
  const main = useRef<HTMLElement>(null)
  const nodePane = useRef<HTMLElement>(null)
  const toTree = useCallback(() => main.current?.querySelector<HTMLElement>('[role="tree"]')?.focus(), [])
  const onAction = useTreeActions({ cluster: cluster.id, setDialog })
  const focusWhenShown = useFocusWhenShown(nodePane, path, FIRST_STOP)
  const select = useCallback(
    (next: string, { focus }: { readonly focus: boolean }) => {
      open(next)
      if (focus) focusWhenShown(next, document.activeElement)
    },
    [open, focusWhenShown],
  )
  // What was pressed in the workspace may go with the znode that it shows.
  const openFromWorkspace = useCallback(
    (next: string) => {
      open(next)
      focusWhenShown(next, null)
    },
    [open, focusWhenShown],
  )
  useDocumentTitle(path, cluster.name)
  useGapNotice(live, cluster.id)
  useShortcuts({
    goTo: useCallback(() => goToInput.current?.focus(), []),
    help: useCallback(() => setHelp(true), []),
    nextPane: useCallback((backwards: boolean) => focusNextPane(main.current, backwards), []),
  })

  return (
    <div className="flex h-dvh flex-col">
      <header className="flex min-h-11 flex-none flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-panel px-3 max-sm:gap-x-2 max-sm:py-1.5">
        <button type="button" className="sr-only focus-visible:not-sr-only focus-visible:px-3" onClick={toTree}>
          {SKIP_TO_TREE}
        </button>
        <span className="max-sm:hidden">
          <Brand />
        </span>
        <ClusterSwitcher cluster={cluster} clusters={clusters} />
        <div className="ml-auto" />
        <div className="max-sm:order-last max-sm:w-full">
          <GoToPath cluster={cluster.id} onGo={open} onLeave={toTree} inputRef={goToInput} />
        </div>
        <ConnectionBadge state={state} onOpen={() => setShowsLoad(true)} />
        <ThemeMenu initial={theme} />
        <Button variant="ghost" size="icon" aria-label={HELP} title={`${HELP} (?)`} onClick={() => setHelp(true)}>
          <CircleHelp size={15} aria-hidden />
        </Button>
      </header>
      <ConnectionBanners cluster={cluster.id} state={state} />
      <main ref={main} className="min-h-0 flex-1">
        <SplitPanes
          initial={panes}
          left={
            <section aria-label={TREE_PANE} data-pane className="flex h-full min-h-0 flex-col">
              <ZnodeTree
                cluster={cluster}
                live={live}
                selectedPath={problem === null ? path : null}
                onSelect={select}
                onAction={onAction}
              />
            </section>
          }
          right={
            <section ref={nodePane} aria-label={NODE_PANE} data-pane className="flex h-full min-h-0 flex-col">
              {problem === null ? (
                <NodeWorkspace
                  cluster={cluster}
                  path={path}
                  tab={tab}
                  onTab={showTab}
                  live={live}
                  onOpen={openFromWorkspace}
                  onAction={onAction}
                />
              ) : (
                <>
                  <h1 className="px-4 pt-4 text-[15px] font-semibold">{IMPOSSIBLE_PATH}</h1>
                  <ErrorPanel
                    error={problem}
                    className="m-4"
                    actions={<Button onClick={() => open('/')}>{OPEN_ROOT}</Button>}
                  />
                </>
              )}
            </section>
          }
        />
      </main>
      <StatusBar state={state} onOpenLoad={() => setShowsLoad(true)} />
      <NodeDialogs cluster={cluster} dialog={dialog} shownPath={path} onClose={() => setDialog(null)} onOpen={open} />
      {help && <HelpDialog open onOpenChange={setHelp} />}
      {showsLoad && <LoadPanel cluster={cluster.name} state={state} onOpenChange={setShowsLoad} />}
    </div>
  )
}

/** Where the focus goes in a pane. */
const FIRST_STOP = '[role="tree"], [role="tab"][aria-selected="true"], [role="alert"] button'
const TOAST = '[role="region"] > [role="dialog"], [role="region"] > [role="alertdialog"]'

/** F6: the first thing in the next pane that takes the focus; the toasts, while there are any, are the last pane. */
function focusNextPane(main: HTMLElement | null, backwards: boolean): void {
  const stops: { readonly pane: Element; readonly stop: HTMLElement }[] = []
  for (const pane of main?.querySelectorAll('[data-pane]') ?? []) {
    const stop = pane.querySelector<HTMLElement>(FIRST_STOP)
    if (stop) stops.push({ pane, stop })
  }
  const toast = document.querySelector<HTMLElement>(TOAST)
  if (toast?.parentElement) stops.push({ pane: toast.parentElement, stop: toast })
  if (stops.length === 0) return
  const current = stops.findIndex(({ pane }) => pane.contains(document.activeElement))
  const next = current === -1 && backwards ? -1 : current + (backwards ? -1 : 1)
  stops.at(next % stops.length)?.stop.focus()
}
