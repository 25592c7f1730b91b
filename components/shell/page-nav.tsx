'use client'

import { type MouseEvent, useEffect, useRef } from 'react'
import { cn } from '@/components/ui/cn'
import { PAGE_NAMES, PAGES_LABEL } from '@/lib/text/shell'
import { PAGES, type PageKind, pageHref } from './page-kind'

/** The page that a link here was pressed for: it is a new one, and the old has taken the focus along. */
let leavingFor: PageKind | null = null

/** The pages of an ensemble. */
export function PageNav({
  cluster,
  page,
  onOpen,
}: {
  cluster: string
  page: PageKind
  onOpen: (page: PageKind) => void
}) {
  const here = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (leavingFor === page && document.activeElement === document.body) here.current?.focus()
    leavingFor = null
  }, [page])
  const open = (event: MouseEvent, to: PageKind): void => {
    // Another tab or window is the browser's own business.
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    if (to === page) return
    leavingFor = to
    onOpen(to)
  }
  return (
    <nav aria-label={PAGES_LABEL} className="flex gap-0.5">
      {PAGES.map((to) => (
        <a
          key={to}
          {...(to === page ? { ref: here, 'aria-current': 'page' as const } : {})}
          href={pageHref(cluster, to)}
          onClick={(event) => open(event, to)}
          className={cn(
            'flex h-7 items-center rounded-md px-2.5 max-sm:px-1.5',
            to === page ? 'bg-hover font-medium' : 'text-ink-2 hover:bg-hover hover:text-ink',
          )}
        >
          {PAGE_NAMES[to]}
        </a>
      ))}
    </nav>
  )
}
