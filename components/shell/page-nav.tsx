'use client'

import { type MouseEvent, useEffect, useRef } from 'react'
import { cn } from '@/components/ui/cn'
import { PAGE_NAMES, PAGES_LABEL } from '@/lib/text/shell'
import { PAGES, type PageKind, pageHref } from './page-kind'
import { takeArrival } from './use-open-page'

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
    // The page before has taken the focus along.
    if (takeArrival(page) && document.activeElement === document.body) here.current?.focus()
  }, [page])
  const open = (event: MouseEvent, to: PageKind): void => {
    // Another tab or window is the browser's own business.
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
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
