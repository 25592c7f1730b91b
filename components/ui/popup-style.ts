/** Shared by everything that floats: menus, selects, popovers, suggestions. */
export const POPUP =
  'z-50 max-h-(--available-height) overflow-y-auto rounded-lg border border-line bg-raised text-ink shadow-lg shadow-black/10 outline-none'

export const POPUP_ITEM =
  'relative flex min-h-7 items-center gap-2 rounded-[5px] px-2 py-1 outline-none select-none data-highlighted:bg-hover data-disabled:text-ink-3'
