'use client'

import { useCallback, useRef, useState } from 'react'
import { useLive } from '@/components/live/live-provider'
import { NodeWorkspace } from '@/components/node/node-workspace'
import { FIRST_STOP } from '@/components/shell/next-pane'
import { PageFrame } from '@/components/shell/page-frame'
import type { Theme } from '@/components/shell/theme'
import { ZnodeTree } from '@/components/tree/znode-tree'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import type { ClusterSummary } from '@/lib/queries/responses'
import { IMPOSSIBLE_PATH, NODE_PANE, OPEN_ROOT, SKIP_TO_TREE, TREE_PANE } from '@/lib/text/shell'
import { NodeDialogs, type OpenDialog } from './node-dialogs'
import { SplitPanes } from './split-panes'
import { useDocumentTitle } from './use-document-title'
import { useFocusWhenShown } from './use-focus-when-shown'
import { useGapNotice } from './use-gap-notice'
import { useLocation } from './use-location'
import { useTreeActions } from './use-tree-actions'

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
  const { path, problem, tab, open, showTab } = useLocation()
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const nodePane = useRef<HTMLElement>(null)
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

  return (
    <>
      <PageFrame page="browse" cluster={cluster} clusters={clusters} theme={theme} skip={SKIP} onGo={open}>
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
      </PageFrame>
      <NodeDialogs cluster={cluster} dialog={dialog} shownPath={path} onClose={() => setDialog(null)} onOpen={open} />
    </>
  )
}

const SKIP = { label: SKIP_TO_TREE, to: '[role="tree"]' }
