import type { ReactNode, RefObject } from 'react'

export const BACKDROP =
  'fixed inset-0 z-40 bg-black/30 transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0 motion-reduce:transition-none'

export const DIALOG_POPUP =
  'fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100dvh-3rem)] -translate-x-1/2 -translate-y-1/2 flex-col rounded-[10px] border border-line bg-panel text-ink shadow-2xl shadow-black/20 outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0 motion-reduce:transition-none'

export const DIALOG_WIDTHS = {
  normal: 'w-[min(30rem,calc(100vw-2rem))]',
  medium: 'w-[min(44rem,calc(100vw-2rem))]',
  wide: 'w-[min(56rem,calc(100vw-2rem))]',
  full: 'w-[min(96rem,calc(100vw-2rem))]',
} as const

/** What both kinds of dialog take. */
export interface DialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: ReactNode
  readonly description?: ReactNode
  readonly children?: ReactNode
  /** Buttons, the least dangerous first. */
  readonly footer?: ReactNode
  readonly width?: keyof typeof DIALOG_WIDTHS
  /** Focused on opening; default: the first control. */
  readonly initialFocus?: RefObject<HTMLElement | null>
}

export function DialogBody({ children, footer }: { children?: ReactNode; footer?: ReactNode }) {
  return (
    <>
      {children !== undefined && (
        <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-4 pt-3 pb-1">{children}</div>
      )}
      {footer !== undefined && <div className="flex flex-none flex-wrap justify-end gap-2 px-4 py-3">{footer}</div>}
    </>
  )
}
