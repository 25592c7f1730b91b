/** px */
export const SESSION_ROW = 28

export const SESSION_LAYOUT =
  'grid grid-cols-[minmax(12.5rem,1.2fr)_minmax(10rem,1.2fr)_minmax(8rem,1fr)_minmax(5rem,0.7fr)_4.5rem_6.5rem_5.5rem_4.5rem_4rem_4.5rem] items-center gap-x-3 px-4'

/** Numbers stand to the right. */
export const NUMERIC: ReadonlySet<string> = new Set(['timeout', 'ephemerals', 'watches', 'holds', 'waits'])
