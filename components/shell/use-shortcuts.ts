'use client'

import { useEffect } from 'react'

export interface Shortcuts {
  readonly goTo: () => void
  readonly help: () => void
  readonly nextPane: (backwards: boolean) => void
}

/** Keys that work everywhere. Single keys are off while somebody types; the browser's own combinations stay its own. */
export function useShortcuts({ goTo, help, nextPane }: Shortcuts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.defaultPrevented) return
      const command = event.ctrlKey || event.metaKey
      if (event.key === 'F6') take(event, () => nextPane(event.shiftKey))
      else if (command && !event.altKey && event.key.toLowerCase() === 'g') take(event, goTo)
      else if (!command && !event.altKey && !isTyping(event.target)) takeLetter(event, { goTo, help })
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [goTo, help, nextPane])
}

function takeLetter(event: KeyboardEvent, { goTo, help }: Pick<Shortcuts, 'goTo' | 'help'>): void {
  if (event.key === ':') take(event, goTo)
  else if (event.key === '?') take(event, help)
}

function take(event: KeyboardEvent, run: () => void): void {
  event.preventDefault()
  run()
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest('input, textarea, select, [role="dialog"], [role="alertdialog"]') !== null
  )
}
