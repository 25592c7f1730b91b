'use client'

import dynamic from 'next/dynamic'
import { loadPart } from '@/components/ui/load-part'
import type { ClusterSummary } from '@/lib/queries/responses'
import { parentOf } from '@/lib/znode/path'

const CreateDialog = dynamic(() =>
  loadPart(() => import('@/components/node/create-dialog')).then((module) => module.CreateDialog),
)
const DeleteDialog = dynamic(() =>
  loadPart(() => import('@/components/node/delete-dialog')).then((module) => module.DeleteDialog),
)

export interface OpenDialog {
  readonly kind: 'create-child' | 'delete'
  readonly path: string
}

/** The dialogs that a row's menu, a key or a button opens; loaded when they are. */
export function NodeDialogs({
  cluster,
  dialog,
  shownPath,
  onClose,
  onOpen,
}: {
  cluster: ClusterSummary
  dialog: OpenDialog | null
  /** What the workspace shows. */
  shownPath: string
  onClose: () => void
  onOpen: (path: string) => void
}) {
  if (dialog === null) return null
  const { kind, path } = dialog
  if (kind === 'create-child') {
    const done = (created: string | null): void => {
      onClose()
      if (created !== null) onOpen(created)
    }
    return <CreateDialog key={path} cluster={cluster} path={path} onDone={done} />
  }
  const done = (deleted: boolean): void => {
    onClose()
    // What was shown is gone: its parent is what is left of it.
    if (deleted && shownPath === path) onOpen(parentOf(path))
  }
  return <DeleteDialog key={path} cluster={cluster} path={path} onDone={done} />
}
