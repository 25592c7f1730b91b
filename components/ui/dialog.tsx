'use client'

import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { CLOSE } from '@/lib/text/ui'
import { cn } from './cn'
import { BACKDROP, DIALOG_POPUP, DIALOG_WIDTHS, DialogBody, type DialogProps } from './dialog-frame'

/** A modal window that Escape and a click beside it close. For questions that need an answer see AlertDialog. */
export function Dialog({
  open,
  onOpenChange,
  title,
  description,
  children,
  footer,
  width = 'normal',
  initialFocus,
}: DialogProps) {
  return (
    <Base.Root open={open} onOpenChange={(next) => onOpenChange(next)}>
      <Base.Portal>
        <Base.Backdrop className={BACKDROP} />
        <Base.Popup {...(initialFocus ? { initialFocus } : {})} className={cn(DIALOG_POPUP, DIALOG_WIDTHS[width])}>
          <div className="flex flex-none items-start gap-2 pt-3 pr-3 pl-4">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-[15px] font-semibold tracking-tight">{title}</Base.Title>
              {description !== undefined && <Base.Description className="text-ink-2">{description}</Base.Description>}
            </div>
            <Base.Close
              aria-label={CLOSE}
              className="grid size-6 flex-none place-items-center rounded-md text-ink-2 hover:bg-hover"
            >
              <X size={15} aria-hidden />
            </Base.Close>
          </div>
          <DialogBody footer={footer}>{children}</DialogBody>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
