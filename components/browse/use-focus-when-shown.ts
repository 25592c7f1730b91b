'use client'

import { type RefObject, useCallback, useEffect, useState } from 'react'

/**
 * Takes the focus to a znode once its pane shows it: one that was never opened must be read first. It is taken from
 * `from` and from nowhere (what had it is gone), not from somebody who has moved on meanwhile.
 * @param stop what takes the focus in the pane, as a selector.
 */
export function useFocusWhenShown(
  pane: RefObject<HTMLElement | null>,
  shownPath: string,
  stop: string,
): (path: string, from: Element | null) => void {
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
  return useCallback((path, from) => setWanted({ path, from }), [])
}
