'use client'

import { lazy, type ReactNode, Suspense, useEffect, useEffectEvent, useMemo, useState } from 'react'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { loadPart } from '@/components/ui/load-part'
import { remainingConflicts } from '@/lib/codec/conflict-markers'
import { lineSeparatorOf } from '@/lib/codec/line-separator'
import type { LiveClient } from '@/lib/live/client'
import type { ClusterSummary, NodeResponse } from '@/lib/queries/responses'
import {
  BINARY_WORDS,
  CONFLICT_MARKS_LEFT,
  DATA_LABEL,
  DISCARD,
  EMPTY_WORDS,
  EMPTY_WORDS_READ_ONLY,
  MIXED_LINE_ENDINGS,
  NOTHING_TO_SAVE,
  NULL_TITLE,
  NULL_WORDS,
  READ_ONLY_REASONS,
  SET_A_VALUE,
  SHOW_ACL,
  saveAsVersion,
  UNREADABLE_TITLE,
} from '@/lib/text/editor'
import { type Draft, draftValueOf, nextVersion } from './draft'
import { useDraft } from './draft-store'
import { EditBars } from './edit-bars'
import { HexView } from './hex-view'
import { TextEditor } from './lazy-views'
import { loadedOf } from './loaded'
import { type FormatChoice, type ShownValue, shownValue } from './shown-value'
import { useEdit } from './use-edit'
import { useSave } from './use-save'
import { useValidity } from './use-validity'
import { ValueToolbar } from './value-toolbar'

const SaveDialogs = lazy(() => loadPart(() => import('./save-dialogs')))

export interface DataTabProps {
  readonly cluster: ClusterSummary
  readonly live: LiveClient
  /** The last that was read, which follows the znode. */
  readonly node: NodeResponse
  /** The znode was deleted since: `node` is the last known state. */
  readonly gone: boolean
  readonly onShowAcl: () => void
  /** Further buttons of the toolbar. */
  readonly children?: ReactNode
}

/** A znode's value: to read, to edit, to save. Give it a `key` of cluster and path. */
export default function DataTab({ cluster, live, node, gone, onShowAcl, children }: DataTabProps) {
  const [choice, setChoice] = useState<FormatChoice>('automatic')
  const loaded = useMemo(() => loadedOf(node), [node])
  const draft = useDraft(cluster.id, node.path)
  const { edit, replace } = useEdit(cluster.id, node, loaded)
  const save = useSave(cluster.id, node.path, live)
  const shown = useMemo(() => shownValue(loaded, draft, choice), [loaded, draft, choice])
  const blocked = cluster.readOnly === null ? null : READ_ONLY_REASONS[cluster.readOnly]
  const notSavable = blocked ?? whyNotSavable(draft)

  const compare = () => draft && save.compare(draft, gone ? null : loaded)
  const review = () => {
    if (!draft || notSavable !== null) return
    const old = loaded.czxid !== draft.base.czxid || loaded.mzxid !== draft.base.mzxid
    // What would be refused anyway is not offered as if it could be saved.
    if (gone || old) save.compare(draft, gone ? null : loaded)
    else save.review(draft)
  }
  useSaveKey(review)

  const editText = (text: string) => {
    const separator = shown.kind === 'text' ? shown.separator : lineSeparatorOf(text)
    edit({ kind: 'text', text, separator })
  }
  const upload = (bytes: Uint8Array<ArrayBuffer>) => {
    const uploaded = replace(draftValueOf(bytes))
    if (uploaded) save.review(uploaded)
  }

  if (node.dataError !== null && !draft) {
    return (
      <div className="p-4">
        <p className="mb-2 font-medium">{UNREADABLE_TITLE}</p>
        <ErrorPanel
          error={node.dataError}
          actions={
            <Button size="small" onClick={onShowAcl}>
              {SHOW_ACL}
            </Button>
          }
        />
      </div>
    )
  }
  return (
    <>
      <ValueToolbar
        path={node.path}
        shown={shown}
        choice={choice}
        onChoice={setChoice}
        blocked={blocked}
        onText={editText}
        onUpload={upload}
      >
        {children}
        {draft && <Button onClick={() => save.discard(draft)}>{DISCARD}</Button>}
        <Button variant="primary" onClick={review} disabledReason={notSavable}>
          {saveAsVersion(nextVersion(draft?.base.version ?? loaded.version))}
        </Button>
      </ValueToolbar>
      <div className="flex min-h-0 flex-1 flex-col gap-2 px-4 pb-4">
        {blocked !== null && <p className="text-ink-2">{blocked}</p>}
        {draft && <EditBars draft={draft} stat={node.stat} gone={gone} live={live} onCompare={compare} />}
        <Value shown={shown} readOnly={blocked !== null || (gone && !draft)} onText={editText} />
      </div>
      {save.state.step !== 'idle' && (
        <Suspense>
          <SaveDialogs
            cluster={cluster}
            save={save}
            format={shown.kind === 'text' ? shown.format : 'text'}
            blocked={blocked}
          />
        </Suspense>
      )}
    </>
  )
}

function whyNotSavable(draft: Draft | undefined): string | null {
  if (!draft) return NOTHING_TO_SAVE
  const merged = draft.mergedWith !== undefined && draft.mine.kind === 'text'
  return merged && draft.mine.kind === 'text' && remainingConflicts(draft.mine.text) > 0 ? CONFLICT_MARKS_LEFT : null
}

/** Ctrl+S or Cmd+S, which would otherwise save the page. */
function useSaveKey(save: () => void) {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    save()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listener)
    return () => window.removeEventListener('keydown', listener)
  }, [])
}

function Value({ shown, readOnly, onText }: { shown: ShownValue; readOnly: boolean; onText: (text: string) => void }) {
  if (shown.kind === 'null') {
    return (
      <Banner
        tone="quiet"
        title={NULL_TITLE}
        actions={
          !readOnly && (
            <Button size="small" onClick={() => onText('')}>
              {SET_A_VALUE}
            </Button>
          )
        }
      >
        {NULL_WORDS}
      </Banner>
    )
  }
  if (shown.kind === 'bytes') {
    return (
      <>
        {shown.automatic === 'hex' && <p className="text-ink-2">{BINARY_WORDS}</p>}
        <Frame>
          <HexView bytes={shown.bytes} />
        </Frame>
      </>
    )
  }
  return (
    <>
      <TextNotes shown={shown} readOnly={readOnly} />
      <Frame>
        <TextEditor
          key={shown.separator}
          label={DATA_LABEL}
          value={shown.text}
          format={shown.format}
          separator={shown.separator}
          readOnly={readOnly}
          onChange={onText}
        />
      </Frame>
    </>
  )
}

function Frame({ children }: { children: ReactNode }) {
  return <div className="min-h-24 flex-1 overflow-hidden rounded-lg border border-line bg-bg">{children}</div>
}

function TextNotes({ shown, readOnly }: { shown: Extract<ShownValue, { kind: 'text' }>; readOnly: boolean }) {
  const { text, format, separator } = shown
  const validity = useValidity(format, text)
  return (
    <>
      {text === '' && <p className="text-ink-2">{readOnly ? EMPTY_WORDS_READ_ONLY : EMPTY_WORDS}</p>}
      {separator === 'mixed' && <p className="text-ink-2">{MIXED_LINE_ENDINGS}</p>}
      {validity !== null && <p className={validity.isFault ? 'text-deleted' : 'text-ink-2'}>{validity.words}</p>}
    </>
  )
}
