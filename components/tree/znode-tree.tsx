'use client'

import {
  lazy,
  type MouseEvent,
  Suspense,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { loadPart } from '@/components/ui/load-part'
import type { LiveClient } from '@/lib/live/client'
import type { ClusterSummary } from '@/lib/queries/responses'
import { STAR_STATUS, TREE_LABEL } from '@/lib/text/tree'
import { Navigation } from './navigation'
import { handleTreeKey } from './tree-keys'
import type { TreeAction } from './tree-menu'
import { rowId, TreeRowsView } from './tree-rows-view'
import type { TreeStore } from './tree-store'
import { treeStoreOf } from './tree-store-of'
import { FilterBar, TreeToolbar } from './tree-toolbar'
import { useRowWindow } from './use-fixed-rows'

const TreeMenu = lazy(() => loadPart(() => import('./tree-menu').then((module) => ({ default: module.TreeMenu }))))

export interface ZnodeTreeProps {
  readonly cluster: ClusterSummary
  readonly live: LiveClient
  /** When it changes, the tree opens and scrolls to it. */
  readonly selectedPath: string | null
  /** `focus`: the person wants to work in the znode, not only see it. */
  readonly onSelect: (path: string, options: { readonly focus: boolean }) => void
  /** open, expand, collapse and refresh are done by the tree itself; it tells them too. */
  readonly onAction: (action: TreeAction, path: string) => void
}

/** The znodes of a cluster as a tree that stays open, scrolled and right while the ensemble changes. */
export function ZnodeTree(props: ZnodeTreeProps) {
  // On the server there is nothing to draw, and a style attribute in its HTML would break the content security policy.
  const inBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
  if (!inBrowser) return null
  return <LiveTree key={props.cluster.id} {...props} store={treeStoreOf(props.live, props.cluster.id)} />
}

function LiveTree({ cluster, store, selectedPath, onSelect, onAction }: ZnodeTreeProps & { store: TreeStore }) {
  const view = useSyncExternalStore(
    useCallback((listener) => store.subscribe(listener), [store]),
    () => store.view,
  )
  const { containerRef, onScroll, spacerHeight, ...part } = useRowWindow(store.rowWindow)
  const [navigation] = useState(() => new Navigation(store))
  const [target, setTarget] = useState('/')
  const [menuAt, setMenuAt] = useState<{ readonly x: number; readonly y: number } | null>(null)
  const [said, setSaid] = useState('')
  const treeId = useId()
  const tree = useRef<HTMLDivElement>(null)
  const treeRef = useCallback(
    (element: HTMLDivElement | null) => {
      tree.current = element
      return containerRef(element)
    },
    [containerRef],
  )
  const filterInput = useRef<HTMLInputElement>(null)
  const chosen = useRef<string | null>(null)

  useEffect(() => store.start(), [store])
  useEffect(() => {
    if (selectedPath !== null) store.pulses.visit(selectedPath)
    store.set({ selected: selectedPath })
    // Our own choice is on the screen already, and may be scrolled away from by now.
    if (selectedPath !== null && selectedPath !== chosen.current) void navigation.reveal(selectedPath)
    chosen.current = null
  }, [store, navigation, selectedPath])

  const choose = useCallback(
    (path: string, focus: boolean) => {
      chosen.current = path
      store.pulses.visit(path)
      store.set({ active: path, selected: path })
      onSelect(path, { focus })
    },
    [store, onSelect],
  )

  const openFilter = () => {
    if (view.filter === null) store.setFilter({ path: store.folder.path, text: '' })
    requestAnimationFrame(() => filterInput.current?.focus())
  }
  const changeFilter = useCallback(
    (text: string) => {
      const path = store.view.filter?.path
      if (path !== undefined) store.setFilter({ path, text })
    },
    [store],
  )
  const leaveFilter = (keep: boolean) => {
    if (!keep) store.setFilter(null)
    tree.current?.focus()
  }

  const openMenu = () => {
    const row = document.getElementById(rowId(treeId, view.active))
    if (row === null) return
    const { left, bottom } = row.getBoundingClientRect()
    setTarget(view.active)
    setMenuAt({ x: left + 40, y: bottom })
  }
  const act = (action: TreeAction, path: string) => {
    if (action === 'expand') store.expand(path)
    else if (action === 'collapse') store.collapse(path)
    else if (action === 'refresh') store.refresh(path)
    else if (action === 'open') choose(path, true)
    onAction(action, path)
  }

  const onClick = (event: MouseEvent) => {
    const element = event.target as Element
    const retry = element.closest('[data-retry]')?.getAttribute('data-retry')
    if (retry != null) return store.refresh(retry)
    const path = pathAt(element)
    if (path === null) return
    if (element.closest('[data-caret]') !== null) {
      store.set({ active: path })
      toggle(store, path)
    } else choose(path, false)
  }

  const { filter } = view
  const filtered = filter === null ? null : store.rows.directory(filter.path)
  const stat = store.stats.statOf(target)
  const targetOpen = useMemo(() => view.rows.directory(target) !== null, [view, target])
  return (
    <div className="flex h-full min-h-0 flex-col">
      <TreeToolbar sort={view.sort} onSort={(sort) => store.setSort(sort)} onFilter={openFilter} />
      {filter !== null && (
        <FilterBar
          key={filter.path}
          filter={filter}
          matching={filtered?.total ?? 0}
          all={filtered?.unfiltered ?? 0}
          inputRef={filterInput}
          onChange={changeFilter}
          onDone={leaveFilter}
        />
      )}
      <div
        ref={treeRef}
        role="tree"
        aria-label={TREE_LABEL}
        aria-activedescendant={rowId(treeId, view.active)}
        tabIndex={0}
        className="group/tree relative min-h-0 flex-1 overflow-x-hidden overflow-y-auto outline-none [overflow-anchor:none]"
        onScroll={onScroll}
        onClick={onClick}
        onDoubleClick={(event) => {
          const path = pathAt(event.target as Element)
          if (path !== null && (event.target as Element).closest('[data-caret]') === null) toggle(store, path)
        }}
        onContextMenu={(event) => {
          event.preventDefault()
          setTarget(pathAt(event.target as Element) ?? view.active)
          setMenuAt({ x: event.clientX, y: event.clientY })
        }}
        onKeyDown={(event) =>
          handleTreeKey(event, {
            navigation,
            open: (focus) => choose(view.active, focus),
            act: (action) => onAction(action, view.active),
            menu: openMenu,
            filter: openFilter,
            announceStar: ({ opened, folders }) => setSaid(STAR_STATUS(opened, folders)),
          })
        }
      >
        <div role="none" className="relative" style={{ height: spacerHeight }}>
          <TreeRowsView store={store} view={view} part={part} treeId={treeId} />
        </div>
      </div>
      {menuAt !== null && (
        <Suspense>
          <TreeMenu
            at={menuAt}
            returnTo={tree}
            onClose={() => setMenuAt(null)}
            path={target}
            expanded={targetOpen}
            expandable={!stat || 'error' in stat || stat.numChildren > 0}
            readOnly={cluster.readOnly}
            onAction={(action) => act(action, target)}
          />
        </Suspense>
      )}
      <div role="status" className="sr-only">
        {said}
      </div>
    </div>
  )
}

function toggle(store: TreeStore, path: string): void {
  if (store.rows.directory(path) === null) store.expand(path)
  else store.collapse(path)
}

/** The living row that an element is in. */
function pathAt(element: Element): string | null {
  return element.closest('[data-path]:not([aria-disabled])')?.getAttribute('data-path') ?? null
}

const never = () => () => undefined
