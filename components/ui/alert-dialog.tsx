'use client'

import { AlertDialog as Base } from '@base-ui/react/alert-dialog'
import { cn } from './cn'
import { BACKDROP, DIALOG_POPUP, DIALOG_WIDTHS, DialogBody, type DialogProps } from './dialog-frame'

/** A question that must be answered: a click beside it does not close it, Escape counts as the harmless answer. */
export function AlertDialog({
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
          <div className="flex-none px-4 pt-3">
            <Base.Title className="text-[15px] font-semibold tracking-tight">{title}</Base.Title>
            {description !== undefined && <Base.Description className="text-ink-2">{description}</Base.Description>}
          </div>
          <DialogBody footer={footer}>{children}</DialogBody>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
