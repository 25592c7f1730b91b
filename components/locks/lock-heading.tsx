'use client'

import { Pin, PinOff } from 'lucide-react'
import Link from 'next/link'
import { pageHrefOf } from '@/components/shell/page-kind'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { VisibleName } from '@/components/ui/visible-name'
import type { LockView } from '@/lib/queries/lock-responses'
import { KINDS } from '@/lib/text/lock-kinds'
import { PIN, UNPIN } from '@/lib/text/lock-list'
import { COPY_PATH, OPEN_IN_BROWSE, OR_ELSE } from '@/lib/text/locks'
import { usePins } from './pins'

/** Longer paths lose their middle; the whole is in the title and can be copied. */
const MAX_PATH = 120

/** Which lock this is, and by whose rules it is read. */
export function LockHeading({ cluster, path, view }: { cluster: string; path: string; view: LockView | null }) {
  const { pinned, toggle } = usePins(cluster)
  const isPinned = pinned.has(path)
  const label = isPinned ? UNPIN(path) : PIN(path)
  return (
    <div className="pt-4">
      <div className="flex flex-wrap items-start gap-1">
        <h1
          className="min-w-0 max-w-full text-[18px] max-sm:w-full leading-7 font-semibold tracking-tight wrap-anywhere"
          title={path}
        >
          <VisibleName name={path} max={MAX_PATH} />
        </h1>
        <CopyButton text={path} label={COPY_PATH} className="mt-0.5" />
        <Button
          variant="ghost"
          size="icon"
          aria-label={label}
          aria-pressed={isPinned}
          title={label}
          onClick={() => toggle(path)}
        >
          {isPinned ? <PinOff size={14} aria-hidden /> : <Pin size={14} aria-hidden />}
        </Button>
        <span className="flex-1" />
        <Link
          prefetch={false}
          href={pageHrefOf(cluster, 'browse', { path })}
          className="mt-0.5 flex h-6 flex-none items-center rounded-md px-2 text-xs text-ink-2 hover:bg-hover hover:text-ink"
        >
          {OPEN_IN_BROWSE}
        </Link>
      </div>
      {view !== null && view.kind !== 'none' && (
        <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <Badge tone="wait">
            {KINDS[view.kind].name}
            {view.library !== '' && ` · ${view.library}`}
          </Badge>
          {view.application !== null && <span className="text-ink-2">{view.application}</span>}
          {view.orElse.length > 0 && <span className="text-ink-3">{OR_ELSE(view.orElse)}</span>}
        </p>
      )}
    </div>
  )
}
