'use client'

import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useEffect } from 'react'
import { useDraft } from '@/components/editor/draft-store'
import { Badge } from '@/components/ui/badge'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { loadPart } from '@/components/ui/load-part'
import { Tab, TabList, TabPanel, Tabs } from '@/components/ui/tabs'
import type { LiveClient } from '@/lib/live/client'
import { toAppError } from '@/lib/queries/get-json'
import { nodeQuery } from '@/lib/queries/node'
import type { ClusterSummary, NodeResponse } from '@/lib/queries/responses'
import { CREATE_CHILD, DELETE, READ_ONLY_REASONS } from '@/lib/text/editor'
import {
  GONE_TITLE,
  GONE_WORDS,
  NEVER_FOR_EPHEMERAL,
  OPEN_PARENT,
  READ_AGAIN,
  READING,
  STALE_TITLE,
  STALE_WORDS,
  TABS,
  THE_ROOT,
  WORKSPACE_TABS,
} from '@/lib/text/node'
import type { AppError } from '@/lib/znode/app-error'
import { formatInteger } from '@/lib/znode/bytes'
import { parentOf } from '@/lib/znode/path'
import { NodeHeader } from './node-header'
import { StatTab } from './stat-tab'
import { useLiveChanges } from './use-live-changes'

const loadDataTab = () => loadPart(() => import('@/components/editor/data-tab'))
const DataTab = lazy(loadDataTab)
const AclTab = lazy(() => loadPart(() => import('@/components/acl/acl-tab')))
const ChildrenTab = lazy(() => loadPart(() => import('./children-tab')))

export type NodeTab = keyof typeof TABS

export interface NodeWorkspaceProps {
  readonly cluster: ClusterSummary
  /** A valid path; there may be no such znode. */
  readonly path: string
  readonly tab: NodeTab
  readonly onTab: (tab: NodeTab) => void
  readonly live: LiveClient
  readonly onOpen: (path: string) => void
  readonly onAction: (action: 'create-child' | 'delete', path: string) => void
}

/** All about one znode, following it as it changes. */
export function NodeWorkspace({ cluster, path, tab, onTab, live, onOpen, onAction }: NodeWorkspaceProps) {
  // What was read on an earlier visit is shown at once, but nobody has followed it since: read it again.
  const query = useQuery({ ...nodeQuery(cluster.id, path, () => live.viewer), refetchOnMount: 'always' })
  const draft = useDraft(cluster.id, path)
  useLiveChanges(
    live,
    cluster.id,
    ({ nodes, directories }) =>
      nodes.some((change) => change.path === path) || directories.some((delta) => delta.path === path),
    () => query.refetch(),
  )
  useEffect(() => () => live.release(cluster.id, path, 'node'), [live, cluster.id, path])
  // Beside the read and not after it.
  useEffect(() => void loadDataTab(), [])

  const error = query.error === null ? null : toAppError(query.error)
  const gone = error?.code === 'NoNode'
  const node = query.data ?? draft?.seen
  return (
    <>
      <NodeHeader cluster={cluster.id} path={path} stat={node?.stat ?? null} onOpen={onOpen} />
      {node === undefined ? (
        <div className="p-4">
          {error === null ? (
            <p className="text-ink-3">{READING}</p>
          ) : (
            <ErrorPanel error={error} actions={<ErrorActions path={path} onOpen={onOpen} onRead={query.refetch} />} />
          )}
        </div>
      ) : (
        <Tabs value={tab} onValueChange={(value: NodeTab) => onTab(value)}>
          <TabList aria-label={WORKSPACE_TABS}>
            <Tab value="data">{TABS.data}</Tab>
            <Tab value="stat">{TABS.stat}</Tab>
            <Tab value="acl">{TABS.acl}</Tab>
            <Tab value="children">
              {TABS.children}
              {node.stat.numChildren > 0 && <Badge tone="quiet">{formatInteger(node.stat.numChildren)}</Badge>}
            </Tab>
          </TabList>
          {error !== null && <OldState error={error} gone={gone} path={path} onOpen={onOpen} onRead={query.refetch} />}
          <Suspense fallback={<p className="p-4 text-ink-3">{READING}</p>}>
            <TabPanel value="data">
              <DataTab
                key={`${cluster.id}\0${path}`}
                cluster={cluster}
                live={live}
                node={node}
                gone={gone}
                onShowAcl={() => onTab('acl')}
              >
                <NodeActions cluster={cluster} node={node} gone={gone} onAction={onAction} />
              </DataTab>
            </TabPanel>
            <TabPanel value="stat">
              <StatTab cluster={cluster.id} stat={node.stat} />
            </TabPanel>
            <TabPanel value="acl">
              <AclTab key={path} cluster={cluster.id} path={path} />
            </TabPanel>
            <TabPanel value="children">
              <ChildrenTab
                key={`${cluster.id}\0${path}`}
                cluster={cluster.id}
                path={path}
                live={live}
                onOpen={onOpen}
              />
            </TabPanel>
          </Suspense>
        </Tabs>
      )}
    </>
  )
}

function NodeActions({
  cluster,
  node,
  gone,
  onAction,
}: Pick<NodeWorkspaceProps, 'cluster' | 'onAction'> & { node: NodeResponse; gone: boolean }) {
  if (gone) return null
  const blocked = cluster.readOnly === null ? null : READ_ONLY_REASONS[cluster.readOnly]
  const ephemeral = node.stat.ephemeralOwner !== '0x0'
  return (
    <>
      <Button
        disabledReason={blocked ?? (ephemeral ? NEVER_FOR_EPHEMERAL : null)}
        onClick={() => onAction('create-child', node.path)}
      >
        {CREATE_CHILD}
      </Button>
      <Button
        variant="danger"
        disabledReason={blocked ?? (node.path === '/' ? THE_ROOT : null)}
        onClick={() => onAction('delete', node.path)}
      >
        {DELETE}
      </Button>
    </>
  )
}

/** Says that what is shown below is not what the ensemble holds now, and why. */
function OldState({ error, gone, ...actions }: ActionProps & { error: AppError; gone: boolean }) {
  if (!gone) {
    return (
      <div className="px-4 pt-3">
        <Banner tone="changed" title={STALE_TITLE}>
          {STALE_WORDS}
        </Banner>
        <ErrorPanel className="mt-2" error={error} actions={<ErrorActions {...actions} />} />
      </div>
    )
  }
  return (
    <div className="px-4 pt-3">
      <Banner tone="problem" title={GONE_TITLE} actions={<ErrorActions {...actions} />}>
        {GONE_WORDS}
      </Banner>
    </div>
  )
}

interface ActionProps {
  readonly path: string
  readonly onOpen: (path: string) => void
  readonly onRead: () => unknown
}

function ErrorActions({ path, onOpen, onRead }: ActionProps) {
  return (
    <>
      <Button size="small" onClick={() => void onRead()}>
        {READ_AGAIN}
      </Button>
      {path !== '/' && (
        <Button size="small" onClick={() => onOpen(parentOf(path))}>
          {OPEN_PARENT}
        </Button>
      )}
    </>
  )
}
