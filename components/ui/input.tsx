'use client'

import type { ComponentProps } from 'react'
import { cn } from './cn'

export const CONTROL =
  'w-full rounded-md border border-line bg-bg text-ink placeholder:text-ink-3 disabled:opacity-60 data-invalid:border-deleted'

/** A line of text. With a label around it see TextField. */
export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(CONTROL, 'h-7 px-2.5', className)} autoComplete="off" spellCheck={false} {...props} />
}
