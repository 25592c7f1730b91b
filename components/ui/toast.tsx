'use client'

import { loadPart } from './load-part'
import { useDeferred } from './use-deferred'

export type ToastKind = 'done' | 'note' | 'problem'

export interface ToastMessage {
  readonly kind: ToastKind
  readonly title: string
  readonly detail?: string
  readonly action?: { readonly label: string; readonly run: () => void }
}

const loadView = () => import('./toast-view')

/** Announces something to everybody, screen readers included. Problems stay until they are dismissed. */
export function showToast(message: ToastMessage): void {
  void loadPart(loadView).then(({ addToast }) => addToast(message))
}

/** Once, in the page: where notifications appear. */
export function Toasts() {
  const view = useDeferred(loadView)
  return view === null ? null : <view.ToastView />
}
