'use client'

import { useDeferredValue, useEffect, useState } from 'react'
import { useFixedRows } from '@/components/tree/use-fixed-rows'
import { ErrorPanel } from '@/components/ui/error-panel'
import { Input } from '@/components/ui/input'
import { Select } from '@/components/ui/select'
import type { LiveClient } from '@/lib/live/client'
import type { ChildSort } from '@/lib/queries/responses'
import { childCount, FILTER, NO_CHILDREN, NO_MATCH, READING, SORT, SORTS } from '@/lib/text/node'
import { joinPath } from '@/lib/znode/path'
import { CHILD_ROW, ChildrenGrid } from './children-grid'
import { useChildren } from './use-children'

/** The children of a znode as a table; a million of them cost what the rows on the screen cost. */
export default function ChildrenTab({
  cluster,
  path,
  live,
  onOpen,
}: {
  cluster: string
  path: string
  live: LiveClient
  onOpen: (path: string) => void
}) {
  const [sort, setSort] = useState<ChildSort>('name')
  const [typed, setTyped] = useState('')
  const filter = useDeferredValue(typed)
  const [rowCount, setRowCount] = useState(0)
  const rows = useFixedRows({ rowCount, rowHeight: CHILD_ROW })
  const children = useChildren(cluster, path, { sort, filter, first: rows.first, last: rows.last }, live)
  const { total } = children
  useEffect(() => {
    if (total !== undefined) setRowCount(total)
  }, [total])

  return (
    <>
      <div className="flex flex-none flex-wrap items-center gap-2 px-4 py-2">
        <Input
          aria-label={FILTER}
          placeholder={FILTER}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className="max-w-64 min-w-32 flex-1"
        />
        <Select
          label={SORT}
          value={sort}
          onValueChange={setSort}
          options={[
            { value: 'name', label: SORTS.name },
            { value: 'sequence', label: SORTS.sequence },
          ]}
        />
        <span role="status" className="ml-auto text-ink-3">
          {total === undefined ? children.error === null && READING : childCount(total, children.unfiltered)}
        </span>
      </div>
      {children.error !== null && <ErrorPanel className="mx-4 mb-2" error={children.error} />}
      {total === 0 ? (
        <p className="px-4 py-2 text-ink-2">{children.unfiltered === 0 ? NO_CHILDREN : NO_MATCH}</p>
      ) : (
        <ChildrenGrid
          rows={rows}
          rowCount={rowCount}
          shown={children}
          onOpen={(name) => onOpen(joinPath(path, name))}
        />
      )}
    </>
  )
}
