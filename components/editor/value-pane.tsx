import type { ReactNode } from 'react'
import { hexRow, hexRowCount } from '@/lib/codec/hex'
import { NO_DATA } from '@/lib/text/editor'
import { formatExactBytes } from '@/lib/znode/bytes'

/** A titled frame for one of several values side by side. */
export function ValuePane({ title, children }: { title: ReactNode; children: ReactNode }) {
  return (
    <section className="flex min-w-0 flex-1 flex-col overflow-hidden rounded-lg border border-line">
      <h3 className="flex-none truncate border-b border-line-soft px-3 py-1.5 text-xs font-medium text-ink-2">
        {title}
      </h3>
      <div className="h-[min(46dvh,28rem)] min-h-32 bg-bg">{children}</div>
    </section>
  )
}

const ROWS = 64

/** The size and the first bytes of a value that is not text. */
export function BytesPreview({ label, bytes }: { label: string; bytes: Uint8Array | null }) {
  if (bytes === null) return <p className="p-3 text-ink-2">{NO_DATA}</p>
  const rows = Math.min(hexRowCount(bytes.length), ROWS)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section aria-label={label} tabIndex={0} className="h-full overflow-auto p-3">
      <p className="mb-2 text-ink-2">{formatExactBytes(bytes.length)}</p>
      <pre className="font-mono text-xs leading-relaxed">
        {Array.from({ length: rows }, (_, row) => {
          const { offset, cells, ascii } = hexRow(bytes, row)
          return `${offset}  ${cells.join(' ').padEnd(47)}  ${ascii}\n`
        })}
      </pre>
      {rows < hexRowCount(bytes.length) && <p className="text-ink-3">…</p>}
    </section>
  )
}
