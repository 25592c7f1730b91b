import { BUDGET_KB, firstLoad } from '../first-load'
import { type Figure, judged, type Row } from './row'

export const firstLoadRow: Row = {
  id: 'first-load',
  async run(): Promise<Figure[]> {
    const kilobytes = (await firstLoad()).reduce((sum, { bytes }) => sum + bytes, 0) / 1_000
    return [
      judged(
        'JavaScript of the first load, gzip',
        `<= ${BUDGET_KB} kB`,
        `${kilobytes.toFixed(1)} kB`,
        kilobytes > 0 && kilobytes <= BUDGET_KB,
      ),
    ]
  },
}
