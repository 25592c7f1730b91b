'use client'

import { memo } from 'react'
import { Badge } from '@/components/ui/badge'
import { cn } from '@/components/ui/cn'
import { BELOW, COUNT, RATE, UNSEEN, YOU } from '@/lib/text/tree'
import { formatBytes } from '@/lib/znode/bytes'
import { KindIcon } from './kind-icon'
import { barClass, glowClass, lookOf, type RowFigures, type RowLook, rowClass } from './row-look'
import { usePulse } from './use-pulse'
import { ZnodeName } from './znode-name'

export interface TreeRowProps extends RowFigures {
  readonly id: string
  readonly path: string
  readonly depth: number
  /** From 1; 0 for a tombstone, which is no member of the set any more. */
  readonly position: number
  readonly setSize: number
  readonly active: boolean
  /** px from the top of the spacer. */
  readonly top: number
}

/** One znode. It has no handlers: the tree finds by `data-path` what a click was on. */
export const TreeRow = memo(function TreeRow(props: TreeRowProps) {
  const look = lookOf(props)
  const { path, selected } = props
  const bar = barClass(look, props)
  const figure = figureOf(look)
  const glow = usePulse(props.pulse, look.steady)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the tree has the focus and points here; a row that had it could scroll away with it.
    <div
      role="treeitem"
      id={props.id}
      data-path={path}
      aria-label={props.name}
      aria-description={look.description}
      aria-level={props.depth + 1}
      aria-posinset={props.position || undefined}
      aria-setsize={props.setSize || undefined}
      aria-expanded={look.expandable ? props.expanded : undefined}
      aria-selected={selected}
      aria-disabled={props.deleted || undefined}
      title={path}
      className={cn(rowClass(props), look.steady && !selected && glowClass(look))}
      style={{ transform: `translateY(${props.top}px)`, paddingLeft: 8 + props.depth * 14 }}
    >
      {props.pulse !== null && (
        <span ref={glow} className={cn('absolute inset-0 opacity-0', glowClass(look))} aria-hidden="true" />
      )}
      {bar !== null && (
        <span className={cn('absolute inset-y-0 left-0 w-0.5 motion-reduce:w-[3px]', bar)} aria-hidden="true" />
      )}
      <Caret expandable={look.expandable} expanded={props.expanded} />
      <KindIcon kind={look.icon} />
      <ZnodeName name={props.name} struck={look.struck} />
      <Marks look={look} row={props} />
      {figure !== '' && (
        <span className="relative ml-auto flex-none text-[11.5px] text-ink-3 tabular-nums" aria-hidden="true">
          {figure}
        </span>
      )}
    </div>
  )
})

function Caret({ expandable, expanded }: { expandable: boolean; expanded: boolean }) {
  return (
    <span
      data-caret={expandable || undefined}
      className="relative flex h-6 w-2.5 flex-none items-center justify-center text-ink-3 before:absolute before:-inset-x-2 before:inset-y-0"
      aria-hidden="true"
    >
      {expandable && (
        <svg className={cn('size-2', expanded && 'rotate-90')} viewBox="0 0 8 8" aria-hidden="true">
          <path d="M2 .8 6.4 4 2 7.2z" fill="currentColor" />
        </svg>
      )}
    </span>
  )
}

/** What happened to the znode or below it. The row's description says the same in words. */
function Marks({ look, row }: { look: RowLook; row: RowFigures }) {
  if (!row.unseen && !look.own && row.rate === 0 && row.below === 0) return null
  return (
    <span className="relative flex flex-none items-center gap-1.5" aria-hidden="true">
      {row.unseen && <span className="size-1.5 rounded-full bg-changed" title={UNSEEN} />}
      {look.own && <Badge tone="quiet">{YOU}</Badge>}
      {row.rate > 0 && <Badge tone={look.tone}>{RATE(row.rate)}</Badge>}
      {row.rate === 0 && row.below > 0 && <Badge tone="changed">{BELOW(row.below)}</Badge>}
    </span>
  )
}

function figureOf({ children, bytes }: RowLook): string {
  if (children !== null && children > 0) return COUNT(children)
  return bytes === null ? '' : formatBytes(bytes)
}
