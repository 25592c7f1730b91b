import { Pin } from 'lucide-react'
import { memo } from 'react'
import { cn } from '@/components/ui/cn'
import { VisibleName } from '@/components/ui/visible-name'
import { KINDS } from '@/lib/text/lock-kinds'
import { GONE_ROW, PIN, ROW_WORDS, UNPIN } from '@/lib/text/lock-list'
import type { ListRow } from './list-order'
import { LockBadge } from './lock-badge'

/** px */
export const LIST_ROW = 26

/** Longer than any pane is wide; the tail is kept, for that is where paths differ. */
const MAX_PATH = 80

/** A lock in the list. The pin is for the mouse: the keyboard finds it above the lock itself. */
export const LockListRow = memo(function LockListRow({
  id,
  row: { path, lock, pinned },
  position,
  count,
  active,
  selected,
  top,
}: {
  id: string
  row: ListRow
  position: number
  count: number
  active: boolean
  selected: boolean
  top: number
}) {
  const words = lock === null ? GONE_ROW : ROW_WORDS(lock, KINDS[lock.kind].name, pinned)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus, and names the active row
    <div
      role="option"
      id={id}
      data-path={path}
      aria-selected={selected}
      aria-posinset={position}
      aria-setsize={count}
      aria-label={`${path}, ${words}`}
      title={path}
      className={cn(
        'absolute inset-x-0 top-0 flex h-[26px] items-center gap-2 pr-3 pl-2 hover:bg-hover',
        selected && 'bg-selected before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-accent',
        active && 'group-focus-visible/list:outline-2 group-focus-visible/list:-outline-offset-2',
        active && 'group-focus-visible/list:outline-accent',
        lock === null && 'text-ink-3 line-through',
      )}
      style={{ transform: `translateY(${top}px)` }}
    >
      <span
        data-pin
        aria-hidden
        title={pinned ? UNPIN(path) : PIN(path)}
        className={cn(
          'grid size-6 flex-none place-items-center rounded-md hover:text-ink',
          pinned ? 'text-accent' : 'text-transparent [[role=option]:hover_&]:text-ink-3',
        )}
      >
        <Pin size={12} />
      </span>
      <span className="min-w-0 flex-1 truncate font-mono text-xs">
        <VisibleName name={path} max={MAX_PATH} />
      </span>
      {lock === null ? <span className="text-[11.5px] no-underline">{GONE_ROW}</span> : <LockBadge lock={lock} />}
    </div>
  )
})
