export const PANES_COOKIE = 'zoolens-panes'

/** Width of the tree in percent of the page: never so little, nor so much, that a pane is lost. */
export const NARROWEST = 12
export const WIDEST = 70
const DEFAULT = 26

/** From the cookie; a cookie and not local storage, so that the first picture has it. */
export function readPanes(cookie: string | undefined): number {
  const tree = Number(cookie)
  return cookie !== undefined && tree >= NARROWEST && tree <= WIDEST ? tree : DEFAULT
}

export function rememberPanes(tree: number): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
  document.cookie = `${PANES_COOKIE}=${tree.toFixed(1)}; path=/; max-age=31536000; samesite=strict`
}
