// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot hold rows that stand at absolute places
'use client'

import { type KeyboardEvent, useState } from 'react'
import { useFixedRows } from '@/components/tree/use-fixed-rows'
import { cn } from '@/components/ui/cn'
import { copyText } from '@/components/ui/copy-text'
import { showToast } from '@/components/ui/toast'
import { BYTES_PER_ROW, hexRow, hexRowCount } from '@/lib/codec/hex'
import { HEX_KEYS, hexLabel, hexSelection, VALUE_COPIED } from '@/lib/text/editor'
import { COPY_FAILED } from '@/lib/text/ui'
import { type ByteSelection, moveSelection, selectedRange } from './byte-selection'

const ROW = 22

/** Bytes, 16 a row: only the rows on the screen exist, so 1 MiB opens like 1 KiB. */
export function HexView({ bytes }: { bytes: Uint8Array }) {
  const rowCount = hexRowCount(bytes.length)
  const rows = useFixedRows({ rowCount, rowHeight: ROW })
  const [selection, setSelection] = useState<ByteSelection>({ anchor: 0, head: 0 })
  const { from, to } = selectedRange(selection, bytes.length)

  async function copy() {
    const hex = Array.from(bytes.subarray(from, to + 1), (byte) => byte.toString(16).padStart(2, '0')).join(' ')
    const copied = await copyText(hex)
    showToast(copied ? { kind: 'done', title: VALUE_COPIED } : { kind: 'problem', title: COPY_FAILED })
  }

  function onKeyDown(event: KeyboardEvent) {
    if ((event.ctrlKey || event.metaKey) && event.key === 'c') {
      event.preventDefault()
      void copy()
      return
    }
    const next = moveSelection(selection, event, bytes.length)
    if (next === null) return
    event.preventDefault()
    setSelection(next)
    rows.scrollToRow(Math.floor(next.head / BYTES_PER_ROW), 'nearest')
  }

  const pick = (offset: number, extend: boolean) =>
    setSelection((before) => ({ anchor: extend ? before.anchor : offset, head: offset }))

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div
        role="grid"
        aria-label={hexLabel(bytes.length)}
        aria-rowcount={rowCount}
        aria-multiselectable
        aria-activedescendant={bytes.length > 0 ? `byte-${selection.head}` : undefined}
        tabIndex={0}
        ref={rows.containerRef}
        onScroll={rows.onScroll}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-auto font-mono text-xs [overflow-anchor:none] -outline-offset-2"
      >
        <div role="presentation" className="relative min-w-max" style={{ height: rows.spacerHeight }}>
          {Array.from({ length: Math.max(0, rows.last - rows.first) }, (_, index) => {
            const row = rows.first + index
            return (
              <HexRowView
                key={row}
                bytes={bytes}
                row={row}
                top={row * ROW + rows.shift}
                from={from}
                to={to}
                onPick={pick}
              />
            )
          })}
        </div>
      </div>
      <p className="flex flex-none flex-wrap gap-x-3 border-t border-line-soft px-3 py-1 text-xs text-ink-3">
        <span aria-live="polite" className="text-ink-2">
          {bytes.length > 0 && hexSelection(from, to)}
        </span>
        <span>{HEX_KEYS}</span>
      </p>
    </div>
  )
}

function HexRowView({
  bytes,
  row,
  top,
  from,
  to,
  onPick,
}: {
  bytes: Uint8Array
  row: number
  top: number
  from: number
  to: number
  onPick: (offset: number, extend: boolean) => void
}) {
  const { offset, cells, ascii } = hexRow(bytes, row)
  const start = row * BYTES_PER_ROW
  return (
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={row + 1}
      className="absolute top-0 left-0 flex h-[22px] items-center px-3"
      style={{ transform: `translateY(${top}px)` }}
    >
      <span role="rowheader" tabIndex={-1} className="w-[5.5rem] flex-none text-ink-3">
        {offset}
      </span>
      {cells.map((cell, index) => {
        const at = start + index
        const selected = at >= from && at <= to
        return (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and the keys
          <span
            key={at}
            id={`byte-${at}`}
            role="gridcell"
            tabIndex={-1}
            aria-selected={selected}
            onClick={(event) => onPick(at, event.shiftKey)}
            className={cn('flex-none px-1 outline-none', index === 8 && 'ml-2', selected && 'bg-selected text-accent')}
          >
            {cell}
          </span>
        )
      })}
      <span role="gridcell" tabIndex={-1} className="ml-auto flex-none pl-4 whitespace-pre text-ink-2">
        {ascii.padEnd(BYTES_PER_ROW)}
      </span>
    </div>
  )
}
