import type { ReactNode } from 'react'
import { cn } from './cn'

const TONES = {
  created: 'bg-created-bg text-created',
  changed: 'bg-changed-bg text-changed',
  deleted: 'bg-deleted-bg text-deleted',
  wait: 'bg-wait-bg text-wait',
  quiet: 'bg-hover text-ink-2',
} as const

/** A word or a number in a pill. The colour only repeats what the text says. */
export function Badge({
  tone,
  children,
  className,
}: {
  tone: keyof typeof TONES
  children: ReactNode
  className?: string
}) {
  return (
    <span className={cn('rounded-full px-1.5 text-[11px] leading-[17px] whitespace-nowrap', TONES[tone], className)}>
      {children}
    </span>
  )
}
