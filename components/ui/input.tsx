'use client'

import { Input as Base } from '@base-ui/react/input'
import type { ComponentProps } from 'react'
import { cn } from './cn'

export const CONTROL =
  'w-full rounded-md border border-line bg-bg text-ink placeholder:text-ink-3 disabled:opacity-60 data-invalid:border-deleted'

export function Input({
  className,
  ...props
}: Omit<ComponentProps<typeof Base>, 'className'> & { readonly className?: string }) {
  return <Base className={cn(CONTROL, 'h-7 px-2.5', className)} autoComplete="off" spellCheck={false} {...props} />
}
