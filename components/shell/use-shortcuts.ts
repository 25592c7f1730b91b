'use client'

import { useEffect } from 'react'
import type { PageKind } from './page-kind'

export interface Shortcuts {
  readonly goTo: () => void
  readonly help: () => void
  readonly openPage: (page: PageKind) => void
  readonly nextPane: (backwards: boolean) => void
}

/** After a g: where one goes to. */
const GO: Readonly<Record<string, PageKind>> = { b: 'browse', l: 'locks', s: 'sessions' }
/** Milliseconds after which a g is forgotten. */
const GO_MS = 1500

/** Keys that work everywhere. Single keys are off while somebody types; the browser's own combinations stay its own. */
export function useShortcuts({ goTo, help, openPage, nextPane }: Shortcuts): void {
  useEffect(() => {
    let goSince = Number.NEGATIVE_INFINITY
    const letter = (event: KeyboardEvent): void => {
      const page = event.timeStamp - goSince < GO_MS ? GO[event.key] : undefined
      goSince = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
      if (page !== undefined) take(event, () => openPage(page))
      else if (event.key === ':') take(event, goTo)
      else if (event.key === '?') take(event, help)
    }
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const command = event.ctrlKey || event.metaKey
      if (command && !event.altKey && event.key.toLowerCase() === 'g') take(event, goTo)
      else if (!command && !event.altKey && !isTyping(event.target)) letter(event)
    }
    // Before the toasts hear of it: they take every F6 while one is shown, and the panes would be out of reach.
    const onF6 = (event: KeyboardEvent): void => {
      if (event.key !== 'F6' || isInDialog(event.target)) return
      event.stopPropagation()
      take(event, () => nextPane(event.shiftKey))
    }
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('keydown', onF6, { capture: true })
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('keydown', onF6, { capture: true })
    }
  }, [goTo, help, openPage, nextPane])
}

function take(event: KeyboardEvent, run: () => void): void {
  event.preventDefault()
  run()
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || target.closest('input, textarea, select') !== null || isInDialog(target)
}

/** A toast is a dialog to screen readers, but one in a region of the page: it does not hold the focus. */
function isInDialog(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  const dialog = target.closest('[role="dialog"], [role="alertdialog"]')
  return dialog !== null && dialog.closest('[role="region"]') === null
}
