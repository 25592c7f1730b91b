'use client'

import { Toast as Base } from '@base-ui/react/toast'
import { X } from 'lucide-react'
import { DISMISS, NOTIFICATIONS } from '@/lib/text/ui'
import { cn } from './cn'
import type { ToastKind, ToastMessage } from './toast'

const manager = Base.createToastManager()

const EDGE: Record<ToastKind, string> = {
  done: 'border-l-created',
  note: 'border-l-line',
  problem: 'border-l-deleted',
}

/** Announces something to everybody, screen readers included. Problems stay until they are dismissed. */
export function addToast({ kind, title, detail, action }: ToastMessage): void {
  const id = manager.add({
    type: kind,
    title,
    ...(detail === undefined ? {} : { description: detail }),
    timeout: kind === 'problem' ? 0 : action ? 10_000 : 5_000,
    // High would take it out of the accessibility tree and speak for it: what can be dismissed must be in there.
    priority: 'low',
    ...(action
      ? {
          actionProps: {
            children: action.label,
            onClick: () => {
              manager.close(id)
              action.run()
            },
          },
        }
      : {}),
  })
}

/** Where they appear. */
export function ToastView() {
  return (
    <Base.Provider toastManager={manager} limit={4}>
      <Base.Portal>
        <Base.Viewport
          aria-label={NOTIFICATIONS}
          className="fixed right-4 bottom-10 z-60 flex w-[min(22rem,calc(100vw-2rem))] flex-col gap-2 outline-none"
        >
          <ToastList />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}

function ToastList() {
  const { toasts } = Base.useToastManager()
  return toasts.map((toast) => (
    <Base.Root
      key={toast.id}
      toast={toast}
      className={cn(
        'rounded-lg border border-l-[3px] border-line bg-raised text-ink shadow-lg shadow-black/10 transition-opacity duration-150',
        'data-ending-style:opacity-0 data-limited:hidden data-starting-style:opacity-0 motion-reduce:transition-none',
        EDGE[(toast.type as ToastKind | undefined) ?? 'note'],
      )}
    >
      <Base.Content className="flex items-start gap-3 py-2 pr-2 pl-3">
        <div className="min-w-0 flex-1 py-0.5">
          <Base.Title className="font-medium" />
          <Base.Description className="wrap-anywhere text-ink-2" />
        </div>
        <Base.Action className="h-6 flex-none rounded-md border border-line px-2 text-xs font-medium hover:bg-hover" />
        <Base.Close
          aria-label={DISMISS}
          className="grid size-6 flex-none place-items-center rounded-md text-ink-2 hover:bg-hover"
        >
          <X size={14} aria-hidden />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ))
}
