import { type QueryClient, useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { createNode, setNodeData } from '@/app/actions/node'
import { showToast } from '@/components/ui/toast'
import { toBase64 } from '@/lib/codec/base64'
import type { LiveClient } from '@/lib/live/client'
import { toAppError } from '@/lib/queries/get-json'
import { nodeQuery } from '@/lib/queries/node'
import { BRING_BACK, CREATED_AGAIN, savedAsVersion, TEXT_PUT_ASIDE } from '@/lib/text/editor'
import { describeError } from '@/lib/text/errors'
import type { AppError, Result } from '@/lib/znode/app-error'
import type { StatJson } from '@/lib/znode/stat'
import { type Draft, draftBytes, type Loaded } from './draft'
import { dropDraft, getDraft, putDraft } from './draft-store'
import { loadedOf } from './loaded'
import { rememberWritten } from './remember-written'
import { type Attempt, judge, type SaveStep } from './save-step'
import { isConflict, isOutcomeUnknown } from './write-outcome'

/** Saves the draft of one znode. Nothing is sent a second time by itself, and no draft goes before its save has happened. */
export function useSave(cluster: string, path: string, live: LiveClient) {
  const queryClient = useQueryClient()
  const [state, setState] = useState<SaveStep>({ step: 'idle' })
  const read = () => readNow(queryClient, cluster, path, live)

  const mutation = useMutation({
    mutationFn: send,
    retry: false,
    onSuccess: async (result, attempt) => {
      if (result.ok) {
        succeeded(queryClient, attempt, result.value.stat, live)
        setState({ step: 'idle' })
      } else setState(await stepAfter(attempt, result.error, read))
    },
  })

  function attempt(draft: Draft, how: Attempt['how']) {
    const bytes = draftBytes(draft.mine)
    if (bytes === null) setState({ step: 'review', draft, error: describeError('NotText', { path }) })
    else mutation.mutate({ draft, bytes, how })
  }

  return {
    state,
    pending: mutation.isPending,
    review: (draft: Draft) => setState({ step: 'review', draft, error: null }),
    /** theirs null: the znode is gone. */
    compare: (draft: Draft, theirs: Loaded | null) => setState({ step: 'conflict', draft, theirs, error: null }),
    save: (draft: Draft) => attempt(draft, 'set'),
    createAgain: (draft: Draft) => attempt(draft, 'create'),
    readAgain: async (attempted: Attempt, error: AppError) => setState(await stepAfterUnknown(attempted, error, read)),
    discard: (draft: Draft) => {
      dropDraft(cluster, path)
      setState({ step: 'idle' })
      showToast({
        kind: 'note',
        title: TEXT_PUT_ASIDE,
        detail: path,
        action: { label: BRING_BACK, run: () => putDraft(draft) },
      })
    },
    close: () => setState({ step: 'idle' }),
  }
}

export type Save = ReturnType<typeof useSave>

type Read = { readonly theirs: Loaded | null } | { readonly error: AppError }

async function readNow(queryClient: QueryClient, cluster: string, path: string, live: LiveClient): Promise<Read> {
  try {
    const query = nodeQuery(cluster, path, () => live.viewer)
    const response = await queryClient.fetchQuery({ ...query, staleTime: 0, retry: false })
    return response.dataError === null ? { theirs: loadedOf(response) } : { error: response.dataError }
  } catch (thrown) {
    const error = toAppError(thrown)
    return error.code === 'NoNode' ? { theirs: null } : { error }
  }
}

async function send({ draft, bytes, how }: Attempt): Promise<Result<{ readonly stat: StatJson }>> {
  const { cluster, path, base } = draft
  try {
    if (how === 'create') return await createNode({ cluster, path, data: bytes })
    const { version, czxid, mzxid } = base
    return await setNodeData({ cluster, path, data: bytes, version, czxid, mzxid })
  } catch {
    // The request to Zoolens itself broke, perhaps after it had arrived.
    return { ok: false, error: describeError('UnknownOutcome', { path }) }
  }
}

function succeeded(queryClient: QueryClient, { draft, bytes, how }: Attempt, stat: StatJson, live: LiveClient): void {
  const { cluster, path } = draft
  live.markOwn(cluster, stat.mzxid)
  rememberWritten(queryClient, cluster, path, bytes, stat)
  const base: Loaded = { bytes, version: stat.version, czxid: stat.czxid, mzxid: stat.mzxid }
  const seen = { path, data: toBase64(bytes), dataError: null, stat }
  const current = getDraft(cluster, path)
  // Typed on while it was being saved: that is a new edit, of what was just written.
  if (current && current.mine !== draft.mine) putDraft({ cluster, path, base, mine: current.mine, seen })
  else dropDraft(cluster, path)
  showToast({ kind: 'done', title: how === 'set' ? savedAsVersion(stat.version) : CREATED_AGAIN, detail: path })
}

async function stepAfter(attempt: Attempt, error: AppError, read: () => Promise<Read>): Promise<SaveStep> {
  const { draft, how } = attempt
  if (isOutcomeUnknown(error.code)) return stepAfterUnknown(attempt, error, read)
  // It was written, though into another znode than was meant: what was sent no longer fits what is shown.
  if (error.code === 'OverwroteRecreated') await read()
  const conflict = how === 'create' ? error.code === 'NodeExists' : isConflict(error.code)
  if (!conflict) {
    return how === 'create' ? { step: 'conflict', draft, theirs: null, error } : { step: 'review', draft, error }
  }
  const found = await read()
  if ('theirs' in found) return { step: 'conflict', draft, theirs: found.theirs, error: null }
  return { step: 'review', draft, error: found.error }
}

async function stepAfterUnknown(attempt: Attempt, error: AppError, read: () => Promise<Read>): Promise<SaveStep> {
  const found = await read()
  if ('error' in found) return { step: 'unknown', attempt, outcome: null, theirs: null, error: found.error }
  const outcome = judge(attempt, found.theirs)
  if (outcome === 'applied') dropDraft(attempt.draft.cluster, attempt.draft.path)
  return { step: 'unknown', attempt, outcome, theirs: found.theirs, error }
}
