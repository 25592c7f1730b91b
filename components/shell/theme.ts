export const THEME_COOKIE = 'zoolens-theme'

export type Theme = 'system' | 'light' | 'dark'

/** A cookie and not local storage: the server writes it into the first HTML, so nothing flashes and no script runs. */
export function readTheme(cookie: string | undefined): Theme {
  return cookie === 'light' || cookie === 'dark' ? cookie : 'system'
}

/** Applies a theme to this page and remembers it for a year. */
export function applyTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Firefox and Safari.
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=31536000; samesite=strict`
}
