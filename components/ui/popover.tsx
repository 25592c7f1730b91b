'use client'

import { Popover as Base } from '@base-ui/react/popover'
import type { ReactElement, ReactNode } from 'react'
import { cn } from './cn'
import { POPUP } from './popup-style'

/** More about something, opened by its button. `title` names it for screen readers and heads it. */
export function Popover({
  trigger,
  title,
  children,
  className,
}: {
  trigger: ReactElement
  title: ReactNode
  children: ReactNode
  className?: string
}) {
  return (
    <Base.Root>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner className="z-50 outline-none" sideOffset={6}>
          <Base.Popup className={cn(POPUP, 'w-80 p-3', className)}>
            <Base.Title className="mb-1 font-medium">{title}</Base.Title>
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
