import { cn } from '@/components/ui/cn'
import { describeRow } from '@/lib/text/tree'
import { kindOf } from '@/lib/znode/kind'
import { looksSequential } from '@/lib/znode/sequence'
import type { StatJson } from '@/lib/znode/stat'
import type { RowKind } from './kind-icon'
import type { Pulse } from './pulses'
import type { RowStat } from './stat-loader'

export interface RowFigures {
  readonly name: string
  readonly expanded: boolean
  /** The list's own length, where it is open. */
  readonly listed: number | null
  /** Why its list could not be read: an error's code. */
  readonly problem: string | null
  readonly selected: boolean
  readonly deleted: boolean
  readonly stat: RowStat
  readonly pulse: Pulse | null
  /** Changes a second, when there are so many that the row glows; else 0. */
  readonly rate: number
  /** Changes below it that nobody has looked at. */
  readonly below: number
  readonly unseen: boolean
}

export interface RowLook {
  readonly icon: RowKind
  readonly expandable: boolean
  readonly children: number | null
  readonly bytes: number | null
  readonly description: string
  readonly tone: 'created' | 'changed' | 'deleted'
  /** Changed from this browser. One's own change is no news: it has the colour of one's own actions. */
  readonly own: boolean
  readonly struck: boolean
  /** Coloured as long as it lasts, instead of fading. */
  readonly steady: boolean
}

const GLOW = { created: 'bg-created-bg', changed: 'bg-changed-bg', deleted: 'bg-deleted-bg' } as const
const BAR = { created: 'bg-created', changed: 'bg-changed', deleted: 'bg-deleted' } as const

export function lookOf(row: RowFigures): RowLook {
  const stat = known(row.stat)
  const locked = row.problem === 'NoAuth' || (row.stat !== null && row.stat !== undefined && 'error' in row.stat)
  const children = row.listed ?? stat?.numChildren ?? null
  const kind = stat === null ? null : kindOf(row.name, stat).kind
  const sequential = looksSequential(row.name)
  const bytes = stat?.dataLength ?? null
  const { below, unseen, deleted, problem } = row
  return {
    icon: locked ? 'locked' : iconOf(kind, sequential, children),
    expandable: row.expanded || (children !== null && children > 0),
    children,
    bytes,
    description: describeRow({ kind, sequential, children, bytes, below, unseen, locked, problem, deleted }),
    tone: deleted ? 'deleted' : (row.pulse?.kind ?? 'changed'),
    own: row.pulse?.own === true && !deleted,
    struck: deleted || row.pulse?.kind === 'deleted',
    steady: row.rate > 0 || deleted,
  }
}

/** What every row of a znode looks like, whatever is in it. */
export function rowClass({ active, selected }: { readonly active: boolean; readonly selected: boolean }): string {
  return cn(
    'absolute inset-x-0 top-0 flex h-(--row) items-center gap-1.5 pr-2.5 hover:bg-hover',
    selected && 'bg-selected hover:bg-selected',
    active && 'z-1 group-focus/tree:outline-2 group-focus/tree:-outline-offset-2 group-focus/tree:outline-accent',
  )
}

export function glowClass({ own, tone }: RowLook): string {
  return own ? 'bg-selected' : GLOW[tone]
}

/** The bar at the row's left edge: a change first, then the selection; null for none. */
export function barClass({ own, tone, steady }: RowLook, row: RowFigures): string | null {
  if (row.pulse !== null || steady) return own ? 'bg-accent' : BAR[tone]
  return row.selected ? 'bg-accent' : null
}

function known(stat: RowStat): StatJson | null {
  return stat && 'czxid' in stat ? stat : null
}

function iconOf(kind: 'ephemeral' | 'persistent' | null, sequential: boolean, children: number | null): RowKind {
  if (kind === 'ephemeral') return 'ephemeral'
  if (sequential) return 'sequential'
  return children !== null && children > 0 ? 'folder' : 'leaf'
}
