import type { ReactNode } from 'react'
import type { AppError } from '@/lib/znode/app-error'
import { cn } from './cn'

/** A failure: what happened, what to do about it, and its code for whoever searches for it. */
export function ErrorPanel({
  error,
  actions,
  className,
}: {
  error: AppError
  actions?: ReactNode
  className?: string
}) {
  return (
    <div role="alert" className={cn('rounded-lg border border-deleted/30 bg-deleted-bg px-3 py-2', className)}>
      <div className="flex flex-wrap items-baseline gap-x-2.5">
        <code className="font-mono text-xs font-medium text-deleted">{error.code}</code>
        <p className="min-w-0 flex-1 wrap-anywhere">{error.message}</p>
      </div>
      <p className="text-ink-2 wrap-anywhere">{error.hint}</p>
      {actions !== undefined && <div className="mt-2 flex flex-wrap gap-2">{actions}</div>}
    </div>
  )
}
