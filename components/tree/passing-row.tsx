import { memo } from 'react'
import { LOADING_ROW } from '@/lib/text/tree'
import { rowClass } from './row-look'
import { ZnodeName } from './znode-name'

export interface PassingRowProps {
  readonly id: string
  readonly path: string
  readonly name: string
  readonly depth: number
  /** From 1; 0 for a tombstone. */
  readonly position: number
  readonly setSize: number
  readonly active: boolean
  readonly selected: boolean
  readonly deleted: boolean
  /** px */
  readonly top: number
}

/**
 * A znode while the thumb is dragged: its name tells where one is, and the next moment the row is another's. Icon, marks
 * and figures come when it stays; with them, the names that come on the way would each cost a frame.
 */
export const PassingRow = memo(function PassingRow(props: PassingRowProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and points here, as for every row.
    <div
      role="treeitem"
      id={props.id}
      data-path={props.path}
      aria-label={props.name}
      aria-level={props.depth + 1}
      aria-posinset={props.position || undefined}
      aria-setsize={props.setSize || undefined}
      aria-selected={props.selected}
      aria-disabled={props.deleted || undefined}
      className={rowClass(props)}
      style={{ transform: `translateY(${props.top}px)`, paddingLeft: 8 + props.depth * 14 + 36 }}
    >
      <ZnodeName name={props.name} struck={props.deleted} />
    </div>
  )
})

/** A child whose name is on its way. */
export const UnloadedRow = memo(function UnloadedRow({ depth, top }: { depth: number; top: number }) {
  return (
    <div
      role="none"
      data-unloaded=""
      className="absolute inset-x-0 top-0 flex h-(--row) items-center"
      style={{ transform: `translateY(${top}px)`, paddingLeft: 8 + depth * 14 + 16 }}
    >
      <Skeleton />
    </div>
  )
})

export function Skeleton() {
  return (
    <>
      <span className="sr-only">{LOADING_ROW}</span>
      <span
        className="h-2.5 w-28 rounded bg-hover motion-safe:group-not-data-scrolling/tree:animate-pulse"
        aria-hidden="true"
      />
    </>
  )
}
