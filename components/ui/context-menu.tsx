'use client'

import { ContextMenu as Base } from '@base-ui/react/context-menu'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { POPUP, POPUP_ITEM } from './popup-style'

type Styled<P> = Omit<P, 'className'> & { readonly className?: string }

export const ContextMenu = Base.Root

/** The area; right click, a long press and the menu key (Shift+F10) inside it open the menu. */
export const ContextMenuTrigger = Base.Trigger

export function ContextMenuContent({ className, ...props }: Styled<ComponentProps<typeof Base.Popup>>) {
  return (
    <Base.Portal>
      <Base.Positioner className="z-50 outline-none">
        <Base.Popup className={cn(POPUP, 'min-w-44 p-1', className)} {...props} />
      </Base.Positioner>
    </Base.Portal>
  )
}

export function ContextMenuItem({
  className,
  danger = false,
  ...props
}: Styled<ComponentProps<typeof Base.Item>> & { readonly danger?: boolean }) {
  return <Base.Item className={cn(POPUP_ITEM, danger && 'text-deleted', className)} {...props} />
}

export function ContextMenuSeparator() {
  return <Base.Separator className="-mx-1 my-1 h-px bg-line-soft" />
}
