'use client'

import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/input'
import type { ChildSort } from '@/lib/queries/responses'
import {
  FILTER,
  FILTER_CLOSE,
  FILTER_LABEL,
  FILTER_STATUS,
  SORT,
  SORT_BY_NAME,
  SORT_BY_SEQUENCE,
  TREE_LABEL,
} from '@/lib/text/tree'
import type { Filter } from './tree-store'

/** A pause in typing after which the folder is asked, ms. */
const PAUSE_MS = 150

export function TreeToolbar({
  sort,
  onSort,
  onFilter,
}: {
  sort: ChildSort
  onSort: (sort: ChildSort) => void
  onFilter: () => void
}) {
  return (
    <div className="flex h-9 flex-none items-center gap-1 border-b border-line-soft pr-1.5 pl-3">
      <h2 className="mr-auto font-medium">{TREE_LABEL}</h2>
      <Button
        variant="ghost"
        size="small"
        title={sort === 'name' ? SORT_BY_NAME : SORT_BY_SEQUENCE}
        aria-label={sort === 'name' ? SORT_BY_NAME : SORT_BY_SEQUENCE}
        onClick={() => onSort(sort === 'name' ? 'sequence' : 'name')}
      >
        <svg className="size-3.5" viewBox="0 0 14 14" aria-hidden="true">
          <path
            d="M4 2.5v9M4 11.5 2 9.5M4 11.5l2-2M8 4h4M8 7h3M8 10h2"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.1"
          />
        </svg>
        {SORT[sort]}
      </Button>
      <Button
        variant="ghost"
        size="small"
        className="w-7 px-0"
        title={`${FILTER} (/)`}
        aria-label={FILTER}
        onClick={onFilter}
      >
        <svg className="size-3.5" viewBox="0 0 14 14" aria-hidden="true">
          <path d="M2 3h10L8.3 7.4v3.4L5.7 12V7.4z" fill="none" stroke="currentColor" strokeWidth="1.1" />
        </svg>
      </Button>
    </div>
  )
}

/** Narrows one folder to the children whose names contain a text; the server looks, so a million names cost nothing. */
export function FilterBar({
  filter,
  matching,
  all,
  inputRef,
  onChange,
  onDone,
}: {
  filter: Filter
  matching: number
  all: number
  inputRef: RefObject<HTMLInputElement | null>
  onChange: (text: string) => void
  /** Back to the tree: with the filter kept, or ended. */
  onDone: (keep: boolean) => void
}) {
  const [text, setText] = useState(filter.text)
  useEffect(() => {
    if (text === filter.text) return
    const timer = setTimeout(() => onChange(text), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [text, filter.text, onChange])

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' && event.key !== 'Enter' && event.key !== 'ArrowDown') return
    event.preventDefault()
    event.stopPropagation()
    if (event.key !== 'Escape' && text !== filter.text) onChange(text)
    onDone(event.key !== 'Escape' && text !== '')
  }
  return (
    <div className="flex flex-none items-center gap-2 border-b border-line-soft px-2 py-1">
      <Input
        ref={inputRef}
        className="h-6! min-w-0 flex-1 px-2! font-mono text-xs"
        value={text}
        aria-label={FILTER_LABEL(filter.path)}
        placeholder={FILTER_LABEL(filter.path)}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <span role="status" className="flex-none text-[11.5px] text-ink-2 tabular-nums">
        {FILTER_STATUS(matching, all)}
      </span>
      <Button
        variant="ghost"
        size="small"
        className="w-6 px-0!"
        aria-label={FILTER_CLOSE}
        onClick={() => onDone(false)}
      >
        ×
      </Button>
    </div>
  )
}
