/** px */
export const TABLE_ROW = 28

export const TABLE_LAYOUT =
  'grid grid-cols-[3.5rem_minmax(10.5rem,1.4fr)_minmax(8.5rem,1fr)_minmax(8rem,1fr)_minmax(7rem,0.9fr)_minmax(9rem,1.2fr)_5rem_minmax(5rem,7.5rem)_1.75rem] items-center gap-x-3 px-2'
