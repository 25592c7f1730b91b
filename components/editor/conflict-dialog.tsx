'use client'

import { Button } from '@/components/ui/button'
import { ClusterName } from '@/components/ui/cluster-name'
import { Dialog } from '@/components/ui/dialog'
import { ErrorPanel } from '@/components/ui/error-panel'
import type { ClusterSummary } from '@/lib/queries/responses'
import {
  baseTitle,
  CONFLICT_DELETED_TITLE,
  CONFLICT_RECREATED_TITLE,
  CONFLICT_TITLE,
  COPY_MINE,
  CREATE_AGAIN,
  CREATE_AGAIN_WORDS,
  DELETED_WORDS,
  DOWNLOAD_MINE,
  KEEP_EDITING,
  keepMine,
  MERGE,
  MERGE_ONLY_TEXT,
  MINE_TITLE,
  NOTHING_WRITTEN,
  RECREATED_WORDS,
  TAKE_THEIRS,
  theirsTitle,
} from '@/lib/text/editor'
import type { AppError } from '@/lib/znode/app-error'
import { copyValue } from './copy-value'
import { type Draft, draftBytes, type Loaded } from './draft'
import { editableText } from './editable-text'
import { downloadBytes, fileNameOf } from './file-transfer'
import { ChangedLinesView } from './lazy-views'
import { canMerge, mergeDraft } from './merge-draft'
import { BytesPreview, ValuePane } from './value-pane'

interface ConflictChoices {
  readonly onTakeTheirs: () => void
  /** Saves against the version that is shown as theirs, and no other. */
  readonly onKeepMine: (rebased: Draft) => void
  readonly onMerge: (merged: Draft) => void
  readonly onCreateAgain: () => void
  readonly onClose: () => void
}

interface ConflictProps extends ConflictChoices {
  readonly cluster: ClusterSummary
  readonly draft: Draft
  /** What is there now; null when the znode was deleted. */
  readonly theirs: Loaded | null
  readonly error: AppError | null
  readonly pending: boolean
  /** Why nothing may be written, or null. */
  readonly blocked: string | null
}

/** Base, theirs and mine side by side; nothing has been written, and closing it changes nothing. */
export function ConflictDialog({ cluster, draft, theirs, error, pending, blocked, ...choices }: ConflictProps) {
  const recreated = theirs !== null && theirs.czxid !== draft.base.czxid
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !pending && choices.onClose()}
      width="full"
      title={theirs === null ? CONFLICT_DELETED_TITLE : recreated ? CONFLICT_RECREATED_TITLE : CONFLICT_TITLE}
      description={theirs === null ? DELETED_WORDS : recreated ? RECREATED_WORDS : NOTHING_WRITTEN}
      footer={
        <>
          <Button onClick={choices.onClose} disabled={pending}>
            {KEEP_EDITING}
          </Button>
          {theirs === null ? (
            <DeletedButtons draft={draft} pending={pending} blocked={blocked} onCreateAgain={choices.onCreateAgain} />
          ) : (
            <ChangedButtons draft={draft} theirs={theirs} pending={pending} blocked={blocked} {...choices} />
          )}
        </>
      }
    >
      <span className="flex flex-wrap items-center gap-x-3">
        <ClusterName cluster={cluster} />
        <bdi className="font-mono text-xs wrap-anywhere">{draft.path}</bdi>
      </span>
      {error !== null && <ErrorPanel error={error} />}
      {theirs === null && <p className="text-ink-2">{CREATE_AGAIN_WORDS}</p>}
      <div className="flex min-h-0 flex-col gap-3 lg:flex-row">
        <Side title={baseTitle(draft.base.version)} base={draft.base.bytes} bytes={draft.base.bytes} />
        {theirs !== null && <Side title={theirsTitle(theirs.version)} base={draft.base.bytes} bytes={theirs.bytes} />}
        <Side title={MINE_TITLE} base={draft.base.bytes} bytes={draftBytes(draft.mine)} />
      </div>
    </Dialog>
  )
}

function Side({ title, base, bytes }: { title: string; base: Uint8Array | null; bytes: Uint8Array | null }) {
  const text = bytes === null ? null : editableText(bytes)
  return (
    <ValuePane title={title}>
      {text === null ? (
        <BytesPreview label={title} bytes={bytes} />
      ) : (
        <ChangedLinesView label={title} base={(base && editableText(base)) ?? ''} text={text} />
      )}
    </ValuePane>
  )
}

type ButtonProps = Pick<ConflictProps, 'draft' | 'pending' | 'blocked'>

function ChangedButtons({
  draft,
  theirs,
  pending,
  blocked,
  onTakeTheirs,
  onMerge,
  onKeepMine,
}: ButtonProps & ConflictChoices & { readonly theirs: Loaded }) {
  const merge = () => {
    const merged = mergeDraft(draft, theirs)
    if (merged) onMerge(merged)
  }
  return (
    <>
      <Button onClick={onTakeTheirs} disabled={pending}>
        {TAKE_THEIRS}
      </Button>
      <Button onClick={merge} disabled={pending} disabledReason={canMerge(draft, theirs) ? null : MERGE_ONLY_TEXT}>
        {MERGE}
      </Button>
      <Button
        variant="danger"
        onClick={() => onKeepMine({ ...draft, base: theirs })}
        disabled={pending}
        disabledReason={blocked}
      >
        {keepMine(theirs.version)}
      </Button>
    </>
  )
}

function DeletedButtons({ draft, pending, blocked, onCreateAgain }: ButtonProps & { onCreateAgain: () => void }) {
  const bytes = draftBytes(draft.mine)
  return (
    <>
      {bytes !== null && (
        <>
          <Button onClick={() => void copyValue(bytes)}>{COPY_MINE}</Button>
          <Button onClick={() => downloadBytes(bytes, fileNameOf(draft.path))}>{DOWNLOAD_MINE}</Button>
        </>
      )}
      <Button variant="primary" onClick={onCreateAgain} disabled={pending} disabledReason={blocked}>
        {CREATE_AGAIN}
      </Button>
    </>
  )
}
