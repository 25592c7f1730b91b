import type { ReactNode } from 'react'

export type RowKind = 'folder' | 'leaf' | 'ephemeral' | 'sequential' | 'locked'

const STROKE = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.1 } as const

const SHAPES: Readonly<Record<RowKind, ReactNode>> = {
  folder: (
    <path
      {...STROKE}
      d="M2 4.2c0-.7.5-1.2 1.2-1.2h2.6l1.4 1.5h3.6c.7 0 1.2.5 1.2 1.2v4.6c0 .7-.5 1.2-1.2 1.2H3.2C2.5 11.5 2 11 2 10.3z"
    />
  ),
  leaf: (
    <>
      <rect {...STROKE} x="3.2" y="2.2" width="7.6" height="9.6" rx="1.4" />
      <path {...STROKE} strokeWidth={1} d="M5.2 5.2h3.6M5.2 7.4h3.6" />
    </>
  ),
  ephemeral: <circle {...STROKE} cx="7" cy="7" r="4.4" strokeDasharray="2 1.5" />,
  sequential: <path {...STROKE} d="M3 10.5h2.2V8M5.6 10.5H8V6M8.4 10.5h2.4V3.6" />,
  locked: (
    <>
      <rect {...STROKE} x="3" y="6.2" width="8" height="5.6" rx="1.2" />
      <path {...STROKE} d="M4.8 6.2V4.6a2.2 2.2 0 0 1 4.4 0v1.6" />
    </>
  ),
}

/** A picture of what the row's description says in words. */
export function KindIcon({ kind }: { kind: RowKind }) {
  return (
    <svg className="relative size-3.5 flex-none text-ink-2" viewBox="0 0 14 14" aria-hidden="true">
      {SHAPES[kind]}
    </svg>
  )
}
