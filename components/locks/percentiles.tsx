import type { LockFigures, Spans } from '@/lib/queries/lock-responses'
import { PERCENTILE_COLUMNS, PERCENTILES } from '@/lib/text/lock-timeline'
import { SPAN, UNKNOWN_FIGURE } from '@/lib/text/locks'
import { formatInteger } from '@/lib/znode/bytes'

/** How long turns were held and waited for, of those that were seen. */
export function Percentiles({ figures }: { figures: LockFigures }) {
  const cell = 'px-2 py-0.5 text-right'
  return (
    <table className="flex-none text-[11.5px]">
      <thead className="text-ink-3">
        <tr>
          <td />
          {Object.values(PERCENTILE_COLUMNS).map((title) => (
            <th key={title} scope="col" className={`${cell} font-normal`}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {(['held', 'waited'] as const).map((what) => (
          <tr key={what} className="border-t border-line-soft">
            <th scope="row" className="py-0.5 pr-2 text-left font-normal text-ink-2">
              {PERCENTILES[what]}
            </th>
            <Cells spans={figures[what]} />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Cells({ spans }: { spans: Spans }) {
  const cell = 'px-2 py-0.5 text-right whitespace-nowrap'
  return (
    <>
      {(['p50', 'p95', 'longest'] as const).map((column) => (
        <td key={column} className={cell}>
          {spans[column] === null ? UNKNOWN_FIGURE : SPAN(spans[column])}
        </td>
      ))}
      <td className={`${cell} text-ink-2`}>{formatInteger(spans.samples)}</td>
    </>
  )
}
