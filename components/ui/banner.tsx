import type { ReactNode } from 'react'
import { cn } from './cn'

const TONES = {
  info: 'bg-wait-bg border-wait/30',
  changed: 'bg-changed-bg border-changed/30',
  problem: 'bg-deleted-bg border-deleted/30',
  quiet: 'bg-bg border-line',
} as const

/** A bar inside a pane that says what is going on, with what can be done about it at its end. Announced politely, or at once. */
export function Banner({
  tone,
  urgent = false,
  title,
  children,
  actions,
  className,
}: {
  tone: keyof typeof TONES
  urgent?: boolean
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
  className?: string
}) {
  return (
    <div
      role={urgent ? 'alert' : 'status'}
      className={cn(
        'flex flex-wrap items-center gap-x-2.5 gap-y-1 rounded-lg border px-3 py-2',
        TONES[tone],
        className,
      )}
    >
      <div className="min-w-0 flex-1 basis-64">
        {title !== undefined && <b className="mr-1 font-semibold">{title}</b>}{' '}
        <span className="text-ink-2">{children}</span>
      </div>
      {actions !== undefined && <div className="flex flex-none flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
