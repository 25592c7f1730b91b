'use client'

import { useRef } from 'react'
import { Button } from '@/components/ui/button'
import { ClusterName } from '@/components/ui/cluster-name'
import { Dialog } from '@/components/ui/dialog'
import { ErrorPanel } from '@/components/ui/error-panel'
import type { ClusterSummary } from '@/lib/queries/responses'
import {
  BACK_TO_EDITING,
  byteSummary,
  DIFF_LABEL,
  REVIEW_TITLE,
  replacesVersion,
  SAVING,
  saveAsVersion,
  WAS_NULL,
} from '@/lib/text/editor'
import type { AppError } from '@/lib/znode/app-error'
import { compareBytes } from './byte-difference'
import type { TextFormat } from './code-language'
import { type Draft, draftBytes, nextVersion } from './draft'
import { editableText } from './editable-text'
import { DiffView } from './lazy-views'

/** What exactly would be written, to be confirmed. */
export function ReviewDialog({
  cluster,
  draft,
  format,
  error,
  pending,
  onSave,
  onClose,
}: {
  cluster: ClusterSummary
  draft: Draft
  format: TextFormat
  error: AppError | null
  pending: boolean
  onSave: () => void
  onClose: () => void
}) {
  const { base, mine, path } = draft
  const save = useRef<HTMLButtonElement>(null)
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !pending && onClose()}
      width="wide"
      initialFocus={save}
      title={REVIEW_TITLE}
      description={
        <span className="flex flex-wrap items-center gap-x-3">
          <ClusterName cluster={cluster} />
          <bdi className="font-mono text-xs wrap-anywhere">{path}</bdi>
        </span>
      }
      footer={
        <>
          <Button onClick={onClose} disabled={pending}>
            {BACK_TO_EDITING}
          </Button>
          <Button ref={save} variant="primary" onClick={onSave} disabled={pending}>
            {pending ? SAVING : saveAsVersion(nextVersion(base.version))}
          </Button>
        </>
      }
    >
      {error !== null && <ErrorPanel error={error} />}
      <Difference base={base.bytes} mine={mine} format={format} />
      <p className="text-ink-2">{replacesVersion(base.version)}</p>
    </Dialog>
  )
}

function Difference({ base, mine, format }: { base: Uint8Array | null; mine: Draft['mine']; format: TextFormat }) {
  const before = base === null ? '' : editableText(base)
  const bytes = draftBytes(mine)
  const { before: was, after, different, firstAt } = compareBytes(base, bytes)
  return (
    <>
      {base === null && <p>{WAS_NULL}</p>}
      {mine.kind === 'text' && before !== null ? (
        <div className="h-[min(50dvh,28rem)] overflow-hidden rounded-lg border border-line">
          <DiffView label={DIFF_LABEL} before={before} after={mine.text} format={format} />
        </div>
      ) : (
        <p>{byteSummary(was, after, different, firstAt)}</p>
      )}
    </>
  )
}
