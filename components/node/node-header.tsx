'use client'

import { lazy, Suspense } from 'react'
import { useDrafts } from '@/components/editor/draft-store'
import { cn } from '@/components/ui/cn'
import { CopyButton } from '@/components/ui/copy-button'
import { loadPart } from '@/components/ui/load-part'
import { VisibleName } from '@/components/ui/visible-name'
import { COPY_PATH, openAncestor, PATH_LABEL, versionAndAge } from '@/lib/text/node'
import { ancestorsOf, nameOf } from '@/lib/znode/path'
import type { StatJson } from '@/lib/znode/stat'
import { formatAgo } from '@/lib/znode/times'
import { useNow } from './use-now'

const UnsavedMenu = lazy(() => loadPart(() => import('./unsaved-menu')))

/** Where one is, each part of the path a way back; and how old what it holds is. */
export function NodeHeader({
  cluster,
  path,
  stat,
  onOpen,
}: {
  cluster: string
  path: string
  /** null until it is known. */
  stat: StatJson | null
  onOpen: (path: string) => void
}) {
  const elsewhere = useDrafts().filter((draft) => draft.cluster === cluster && draft.path !== path)
  return (
    <div className="flex min-h-9 flex-none items-center gap-2 border-b border-line-soft px-4 py-1">
      <h1 className="sr-only">{path}</h1>
      <Breadcrumbs path={path} onOpen={onOpen} />
      <CopyButton text={path} label={COPY_PATH} />
      <span className="flex-1" />
      {elsewhere.length > 0 && (
        <Suspense>
          <UnsavedMenu drafts={elsewhere} onOpen={onOpen} />
        </Suspense>
      )}
      {stat !== null && <Age stat={stat} />}
    </div>
  )
}

function Breadcrumbs({ path, onOpen }: { path: string; onOpen: (path: string) => void }) {
  const steps = [...ancestorsOf(path), path]
  return (
    <nav aria-label={PATH_LABEL} className="min-w-0">
      <ol className="-ml-2 flex flex-wrap items-center font-mono text-xs">
        {steps.map((step, index) => {
          const here = index === steps.length - 1
          return (
            <li key={step} className="flex min-w-0 items-center">
              {index > 1 && (
                <span aria-hidden className="text-ink-3">
                  /
                </span>
              )}
              <button
                type="button"
                title={step}
                aria-label={openAncestor(step)}
                aria-current={here ? 'page' : undefined}
                onClick={() => onOpen(step)}
                className={cn(
                  'min-h-6 min-w-6 rounded-[5px] px-1 hover:bg-hover',
                  here ? 'font-semibold' : 'text-ink-2',
                )}
              >
                <VisibleName name={nameOf(step)} max={here ? 60 : 28} />
              </button>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

function Age({ stat }: { stat: StatJson }) {
  const now = useNow(1000)
  return (
    <span className="flex-none text-xs text-ink-3">
      {versionAndAge(stat.version, stat.mtime === 0 ? null : formatAgo(stat.mtime, now))}
    </span>
  )
}
