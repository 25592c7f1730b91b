/** Where the focus goes in a pane: what says so itself, else its tree, its tab, its table, or what to do about a problem. */
export const FIRST_STOP =
  '[data-first-stop], [role="tree"], [role="tab"][aria-selected="true"], [role="grid"], [role="listbox"], [role="alert"] button'
const TOAST = '[role="region"] > [role="dialog"], [role="region"] > [role="alertdialog"]'

/** F6: the first thing in the next pane that takes the focus; the toasts, while there are any, are the last pane. */
export function focusNextPane(main: HTMLElement | null, backwards: boolean): void {
  const stops: { readonly pane: Element; readonly stop: HTMLElement }[] = []
  for (const pane of main?.querySelectorAll('[data-pane]') ?? []) {
    const stop = pane.querySelector<HTMLElement>(FIRST_STOP)
    if (stop) stops.push({ pane, stop })
  }
  const toast = document.querySelector<HTMLElement>(TOAST)
  if (toast?.parentElement) stops.push({ pane: toast.parentElement, stop: toast })
  if (stops.length === 0) return
  const current = stops.findIndex(({ pane }) => pane.contains(document.activeElement))
  const next = current === -1 && backwards ? -1 : current + (backwards ? -1 : 1)
  stops.at(next % stops.length)?.stop.focus()
}
