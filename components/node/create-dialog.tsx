'use client'

import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useId, useRef, useState } from 'react'
import { createNode } from '@/app/actions/node'
import { isOutcomeUnknown } from '@/components/editor/write-outcome'
import { useLive } from '@/components/live/live-provider'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { ClusterName } from '@/components/ui/cluster-name'
import { Dialog } from '@/components/ui/dialog'
import { ErrorPanel } from '@/components/ui/error-panel'
import { Field } from '@/components/ui/field'
import { TextField } from '@/components/ui/text-field'
import { Textarea } from '@/components/ui/textarea'
import { showToast } from '@/components/ui/toast'
import { encodeUtf8 } from '@/lib/codec/utf8'
import type { ClusterSummary } from '@/lib/queries/responses'
import { READ_ONLY_REASONS } from '@/lib/text/editor'
import { describeError } from '@/lib/text/errors'
import {
  CREATE,
  CREATE_WORDS,
  CREATING,
  created,
  createTitle,
  INITIAL_DATA,
  INITIAL_DATA_HINT,
  NAME,
  NAME_HINT,
  NULL_DATA,
  OPEN_IT,
  outcomeUnknownCreate,
} from '@/lib/text/node'
import { CANCEL } from '@/lib/text/ui'
import type { AppError } from '@/lib/znode/app-error'
import { checkName, joinPath } from '@/lib/znode/path'
import { nodeExists } from './node-exists'

export interface CreateDialogProps {
  readonly cluster: ClusterSummary
  /** Of the parent. */
  readonly path: string
  /** With the path of the new znode, or null when there is none. */
  readonly onDone: (created: string | null) => void
}

/** Asks for a name and data and creates a persistent child. */
export function CreateDialog({ cluster, path, onDone }: CreateDialogProps) {
  const live = useLive()
  const form = useId()
  const nameInput = useRef<HTMLInputElement>(null)
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  const [withoutData, setWithoutData] = useState(false)
  const [problem, setProblem] = useState<AppError | null>(null)
  /** After a lost answer: whether the znode is there by now. */
  const [exists, setExists] = useState<boolean | null>(null)
  const broken = name === '' ? null : checkName(name)
  const blocked = cluster.readOnly === null ? null : READ_ONLY_REASONS[cluster.readOnly]
  const child = joinPath(path, name)

  const mutation = useMutation({
    mutationFn: async (data: Uint8Array<ArrayBuffer> | null) => {
      try {
        return await createNode({ cluster: cluster.id, path: child, data })
      } catch {
        return { ok: false as const, error: describeError('UnknownOutcome', { path: child }) }
      }
    },
    retry: false,
    onSuccess: async (result) => {
      if (result.ok) {
        live.markOwn(cluster.id, result.value.stat.czxid)
        showToast({ kind: 'done', title: created(result.value.path) })
        onDone(result.value.path)
        return
      }
      setProblem(result.error)
      if (isOutcomeUnknown(result.error.code)) setExists(await nodeExists(cluster.id, child))
    },
  })

  function submit(event: FormEvent) {
    event.preventDefault()
    if (name === '' || broken !== null || blocked !== null || mutation.isPending) return
    const data = withoutData ? null : encodeUtf8(text)
    if (data === null && !withoutData) return setProblem(describeError('NotText'))
    setProblem(null)
    setExists(null)
    mutation.mutate(data)
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && !mutation.isPending && onDone(null)}
      initialFocus={nameInput}
      title={createTitle(path)}
      description={<ClusterName cluster={cluster} />}
      footer={
        <>
          <Button onClick={() => onDone(null)} disabled={mutation.isPending}>
            {CANCEL}
          </Button>
          <Button
            type="submit"
            form={form}
            variant="primary"
            disabled={name === '' || broken !== null || mutation.isPending}
            disabledReason={blocked}
          >
            {mutation.isPending ? CREATING : CREATE}
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-3">
        <Field label={NAME} hint={NAME_HINT} error={broken === null ? null : `${broken.message} ${broken.hint}`}>
          <TextField
            ref={nameInput}
            value={name}
            onChange={(event) => setName(event.target.value)}
            className="font-mono text-xs"
          />
        </Field>
        <Field label={INITIAL_DATA} hint={INITIAL_DATA_HINT}>
          <Textarea value={text} onChange={(event) => setText(event.target.value)} disabled={withoutData} rows={5} />
        </Field>
        <label className="flex min-h-6 items-center gap-2">
          <input
            type="checkbox"
            checked={withoutData}
            onChange={(event) => setWithoutData(event.target.checked)}
            className="accent-accent"
          />
          {NULL_DATA}
        </label>
      </form>
      {problem !== null && <ErrorPanel error={problem} />}
      {exists !== null && (
        <Banner
          tone="changed"
          actions={
            exists && (
              <Button size="small" onClick={() => onDone(child)}>
                {OPEN_IT}
              </Button>
            )
          }
        >
          {outcomeUnknownCreate(exists)}
        </Banner>
      )}
      <p className="text-xs text-ink-3">{CREATE_WORDS}</p>
    </Dialog>
  )
}
