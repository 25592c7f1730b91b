/** px */
export const SESSION_ROW = 28

export const SESSION_LAYOUT =
  'grid grid-cols-[minmax(11.5rem,1.2fr)_minmax(9rem,1.2fr)_minmax(7.5rem,1fr)_minmax(4.5rem,0.7fr)_4rem_3.75rem_4.75rem_4rem_3rem_4rem] items-center gap-x-2 px-4'

/** Numbers stand to the right. */
export const NUMERIC: ReadonlySet<string> = new Set(['timeout', 'ephemerals', 'watches', 'holds', 'waits'])
