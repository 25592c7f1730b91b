export const PANES_COOKIE = 'zoolens-panes'
export const TREE_PANEL = 'tree'
export const NODE_PANEL = 'node'

/** Width of the tree in percent, from the cookie; undefined when it was never changed. */
export function readPanes(cookie: string | undefined): Record<string, number> | undefined {
  const tree = Number(cookie)
  if (cookie === undefined || !(tree > 0 && tree < 100)) return undefined
  return { [TREE_PANEL]: tree, [NODE_PANEL]: 100 - tree }
}

export function rememberPanes(layout: Readonly<Record<string, number>>): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
  document.cookie = `${PANES_COOKIE}=${layout[TREE_PANEL]}; path=/; max-age=31536000; samesite=strict`
}
