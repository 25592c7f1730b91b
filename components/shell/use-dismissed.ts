'use client'

import { useState } from 'react'

const PREFIX = 'zoolens.dismissed '

/** Whether this was put away in this tab before, and how to put it away. A new tab shows it again. */
export function useDismissed(what: string): readonly [dismissed: boolean, dismiss: () => void] {
  const key = PREFIX + what
  const [dismissedNow, setDismissedNow] = useState<string | null>(null)
  const dismiss = (): void => {
    setDismissedNow(key)
    try {
      sessionStorage.setItem(key, '')
    } catch {
      // Storage may be full or forbidden: then it is put away until the page is loaded again.
    }
  }
  return [dismissedNow === key || isStored(key), dismiss]
}

function isStored(key: string): boolean {
  try {
    return sessionStorage.getItem(key) !== null
  } catch {
    return false
  }
}
