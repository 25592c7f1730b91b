import type { ReactNode } from 'react'
import { cn } from './cn'

export function Kbd({ children, className }: { children: ReactNode; className?: string }) {
  return (
    <kbd className={cn('rounded border border-line bg-panel px-1 font-mono text-[11px] text-ink-2', className)}>
      {children}
    </kbd>
  )
}
