'use client'

import { Menu as Base } from '@base-ui/react/menu'
import { Check } from 'lucide-react'
import type { ComponentProps, ReactElement } from 'react'
import { cn } from './cn'
import { IN_MAIN } from './in-main'
import { POPUP, POPUP_ITEM } from './popup-style'

type Styled<P> = Omit<P, 'className'> & { readonly className?: string }

export const Menu = Base.Root
export const MenuRadioGroup = Base.RadioGroup

/** Makes the given button open the menu. */
export function MenuTrigger({
  children,
  ...props
}: Omit<ComponentProps<typeof Base.Trigger>, 'render' | 'children'> & { children: ReactElement }) {
  return <Base.Trigger {...props} render={children} />
}

export function MenuContent({
  className,
  align = 'start',
  at,
  ...props
}: Styled<ComponentProps<typeof Base.Popup>> & {
  readonly align?: 'start' | 'end'
  /** Where in the viewport, for a menu without a button: px. */
  readonly at?: { readonly x: number; readonly y: number }
}) {
  return (
    <Base.Portal container={IN_MAIN}>
      <Base.Positioner
        className="z-50 outline-none"
        align={align}
        sideOffset={at ? 2 : 4}
        {...(at ? { anchor: { getBoundingClientRect: () => new DOMRect(at.x, at.y, 0, 0) } } : {})}
      >
        <Base.Popup className={cn(POPUP, 'min-w-40 p-1', className)} {...props} />
      </Base.Positioner>
    </Base.Portal>
  )
}

export function MenuItem({
  className,
  danger = false,
  ...props
}: Styled<ComponentProps<typeof Base.Item>> & { readonly danger?: boolean }) {
  return <Base.Item className={cn(POPUP_ITEM, danger && 'text-deleted', className)} {...props} />
}

export function MenuRadioItem({ className, children, ...props }: Styled<ComponentProps<typeof Base.RadioItem>>) {
  return (
    <Base.RadioItem closeOnClick className={cn(POPUP_ITEM, 'pl-7', className)} {...props}>
      <Base.RadioItemIndicator className="absolute left-2.5">
        <Check size={13} aria-hidden />
      </Base.RadioItemIndicator>
      {children}
    </Base.RadioItem>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line-soft" />
}
