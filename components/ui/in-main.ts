import type { RefObject } from 'react'

/** Where menus and lists that float are put: outside of every landmark screen readers would not find them by region. */
export const IN_MAIN: RefObject<HTMLElement | null> = {
  get current() {
    return document.querySelector('main')
  },
}
