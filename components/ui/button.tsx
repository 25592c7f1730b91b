'use client'

import type { ComponentProps } from 'react'
import { cn } from './cn'

const VARIANTS = {
  plain: 'border-line bg-raised text-ink hover:bg-hover',
  primary: 'border-transparent bg-accent text-on-accent hover:brightness-110',
  danger: 'border-line bg-raised text-deleted hover:bg-deleted-bg',
  ghost: 'border-transparent bg-transparent text-ink-2 hover:bg-hover hover:text-ink',
} as const

const SIZES = {
  normal: 'h-7 px-3',
  small: 'h-6 px-2 text-xs',
  icon: 'size-7 px-0',
} as const

export interface ButtonProps extends ComponentProps<'button'> {
  readonly variant?: keyof typeof VARIANTS
  readonly size?: keyof typeof SIZES
  /**
   * Why it cannot be pressed now. Unlike `disabled` the button stays in the tab order, so that everybody can find out
   * the reason.
   */
  readonly disabledReason?: string | null | undefined
}

export function Button({
  variant = 'plain',
  size = 'normal',
  disabledReason,
  className,
  onClick,
  ...props
}: ButtonProps) {
  const blocked = disabledReason !== undefined && disabledReason !== null
  return (
    <button
      type="button"
      data-slot="button"
      {...props}
      {...(blocked ? { 'aria-disabled': true, 'aria-description': disabledReason, title: disabledReason } : {})}
      onClick={blocked ? (event) => event.preventDefault() : onClick}
      className={cn(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-md border text-[12.5px] font-medium whitespace-nowrap select-none',
        VARIANTS[variant],
        SIZES[size],
        'disabled:border-line disabled:bg-hover disabled:text-ink-3 disabled:hover:brightness-100',
        'aria-disabled:border-line aria-disabled:bg-hover aria-disabled:text-ink-3 aria-disabled:hover:brightness-100',
        className,
      )}
    />
  )
}
