'use client'

import { PencilLine } from 'lucide-react'
import { useDrafts } from '@/components/editor/draft-store'
import { Button } from '@/components/ui/button'
import { cn } from '@/components/ui/cn'
import { CopyButton } from '@/components/ui/copy-button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu'
import { VisibleName } from '@/components/ui/visible-name'
import { COPY_PATH, openAncestor, PATH_LABEL, UNSAVED_MENU, unsavedElsewhere, versionAndAge } from '@/lib/text/node'
import { ancestorsOf, nameOf } from '@/lib/znode/path'
import type { StatJson } from '@/lib/znode/stat'
import { formatAgo } from '@/lib/znode/times'
import { useNow } from './use-now'

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
  return (
    <div className="flex min-h-9 flex-none items-center gap-2 border-b border-line-soft px-4 py-1">
      <h1 className="sr-only">{path}</h1>
      <Breadcrumbs path={path} onOpen={onOpen} />
      <CopyButton text={path} label={COPY_PATH} />
      <span className="flex-1" />
      <UnsavedElsewhere cluster={cluster} path={path} onOpen={onOpen} />
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

/** Unsaved edits wait at their znodes: here is the way back to them. */
function UnsavedElsewhere({
  cluster,
  path,
  onOpen,
}: {
  cluster: string
  path: string
  onOpen: (path: string) => void
}) {
  const elsewhere = useDrafts().filter((draft) => draft.cluster === cluster && draft.path !== path)
  if (elsewhere.length === 0) return null
  return (
    <Menu>
      <MenuTrigger>
        <Button size="small" title={UNSAVED_MENU} className="border-changed/40 bg-changed-bg">
          <PencilLine size={13} aria-hidden />
          {unsavedElsewhere(elsewhere.length)}
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        {elsewhere.map((draft) => (
          <MenuItem key={draft.path} onClick={() => onOpen(draft.path)} className="font-mono text-xs">
            <VisibleName name={draft.path} max={60} />
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  )
}
