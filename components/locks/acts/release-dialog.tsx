'use client'

import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { askToRelease } from '@/app/actions/lock'
import { isConflict, isOutcomeUnknown } from '@/components/editor/write-outcome'
import { useLive } from '@/components/live/live-provider'
import { showToast } from '@/components/ui/toast'
import { apiUrl, getJson } from '@/lib/queries/get-json'
import type { ContenderView } from '@/lib/queries/lock-responses'
import type { ClusterSummary, NodeResponse } from '@/lib/queries/responses'
import type { RecipeKind } from '@/lib/recipes/recipe'
import { REVOKE } from '@/lib/recipes/revoke-message'
import { READ_ONLY_REASONS } from '@/lib/text/editor'
import { describeError } from '@/lib/text/errors'
import {
  ASKED,
  ASKED_ALREADY,
  CHANGED_SINCE,
  NOT_REVOCABLE_NOW,
  RELEASE,
  RELEASE_TITLE,
  RELEASE_UNKNOWN,
  RELEASE_WAITS,
  RELEASE_WORDS,
  RELEASING,
} from '@/lib/text/lock-acts'
import type { AppError } from '@/lib/znode/app-error'
import type { StatJson } from '@/lib/znode/stat'
import { ContenderQuestion } from './contender-question'
import { useContenderNode } from './use-contender-node'
import { releaseCommand } from './zkcli-commands'

const ASKED_DATA = btoa(REVOKE)

/** Asks before the owner of a revocable lock is asked to release it. */
export function ReleaseDialog({
  cluster,
  contender,
  kind,
  onDone,
}: {
  cluster: ClusterSummary
  /** As it is now. */
  contender: ContenderView
  kind: RecipeKind
  onDone: () => void
}) {
  const live = useLive()
  const { path, state, revocable } = contender
  const shown = useContenderNode(cluster.id, contender)
  const [problem, setProblem] = useState<AppError | null>(null)
  const [note, setNote] = useState<string | null>(null)

  const mutation = useMutation({
    mutationFn: async ({ version, czxid, mzxid }: StatJson) => {
      try {
        return await askToRelease({ cluster: cluster.id, path, version, czxid, mzxid })
      } catch {
        return { ok: false as const, error: describeError('UnknownOutcome', { path }) }
      }
    },
    retry: false,
    onSuccess: async (result) => {
      if (result.ok) {
        live.markOwn(cluster.id, result.value.stat.mzxid)
        showToast({ kind: 'done', title: ASKED(path) })
        onDone()
        return
      }
      setProblem(result.error)
      if (isOutcomeUnknown(result.error.code)) {
        const asked = await holdsRequest(cluster.id, path)
        setNote(asked === null ? null : RELEASE_UNKNOWN(asked))
      } else if (isConflict(result.error.code)) setNote(CHANGED_SINCE)
      await shown.refetch()
    },
  })

  const { node } = shown
  return (
    <ContenderQuestion
      cluster={cluster}
      contender={contender}
      kind={kind}
      title={RELEASE_TITLE}
      shown={shown}
      refusal={cluster.readOnly !== null ? READ_ONLY_REASONS[cluster.readOnly] : revocable ? null : NOT_REVOCABLE_NOW}
      action={{
        label: RELEASE,
        busyLabel: RELEASING,
        danger: false,
        run: () => {
          if (node === null) return
          setProblem(null)
          setNote(null)
          mutation.mutate(node.stat)
        },
      }}
      busy={mutation.isPending}
      problem={problem}
      note={note}
      command={node === null ? null : releaseCommand(path, node.stat.version, REVOKE)}
      onClose={onDone}
    >
      <p className="text-ink-2">{RELEASE_WORDS}</p>
      {state === 'waits' && <p className="text-ink-2">{RELEASE_WAITS}</p>}
      {node?.data === ASKED_DATA && <p className="text-changed">{ASKED_ALREADY}</p>}
    </ContenderQuestion>
  )
}

/** null when it cannot be read, or is gone: released, perhaps. */
async function holdsRequest(cluster: string, path: string): Promise<boolean | null> {
  try {
    const { data } = await getJson<NodeResponse>(apiUrl(['clusters', cluster, 'node'], { path }))
    return data === ASKED_DATA
  } catch {
    return null
  }
}
