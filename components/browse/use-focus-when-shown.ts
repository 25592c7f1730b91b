'use client'

import { type RefObject, useCallback, useEffect, useState } from 'react'

/**
 * Takes the focus to a znode once its pane shows it: one that was never opened must be read first. Whoever has moved on
 * meanwhile is left where they are.
 * @param stop what takes the focus in the pane, as a selector.
 */
export function useFocusWhenShown(
  pane: RefObject<HTMLElement | null>,
  shownPath: string,
  stop: string,
): (path: string) => void {
  const [wanted, setWanted] = useState<{ readonly path: string; readonly from: Element | null } | null>(null)
  useEffect(() => {
    const element = pane.current
    if (element === null || wanted?.path !== shownPath) return
    const enter = (): void => {
      const target = element.querySelector<HTMLElement>(stop)
      if (target === null) return
      observer.disconnect()
      setWanted(null)
      if (document.activeElement === wanted.from || document.activeElement === document.body) target.focus()
    }
    const observer = new MutationObserver(enter)
    observer.observe(element, { childList: true, subtree: true })
    enter()
    return () => observer.disconnect()
  }, [pane, shownPath, stop, wanted])
  return useCallback((path) => setWanted({ path, from: document.activeElement }), [])
}
