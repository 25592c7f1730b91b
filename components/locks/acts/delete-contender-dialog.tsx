'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { deleteNode } from '@/app/actions/node'
import { isConflict, isOutcomeUnknown } from '@/components/editor/write-outcome'
import { useLive } from '@/components/live/live-provider'
import { nodeExists } from '@/components/node/node-exists'
import { Banner } from '@/components/ui/banner'
import { showToast } from '@/components/ui/toast'
import type { ContenderView } from '@/lib/queries/lock-responses'
import { lockQuery } from '@/lib/queries/locks'
import type { ClusterSummary } from '@/lib/queries/responses'
import type { RecipeKind } from '@/lib/recipes/recipe'
import { READ_ONLY_REASONS } from '@/lib/text/editor'
import { describeError } from '@/lib/text/errors'
import {
  CHANGED_SINCE,
  DELETE,
  DELETE_HOLDER,
  DELETE_HOLDER_ELSE,
  DELETE_PRESENT,
  DELETE_TITLE,
  DELETE_UNKNOWN,
  DELETE_WAITER,
  DELETED,
  DELETING,
  SESSION_STAYS,
  WITH_CHILDREN,
} from '@/lib/text/lock-acts'
import type { AppError } from '@/lib/znode/app-error'
import type { StatJson } from '@/lib/znode/stat'
import { ContenderQuestion } from './contender-question'
import { useContenderNode } from './use-contender-node'
import { whoIsNext } from './who-is-next'
import { deleteCommand } from './zkcli-commands'

/** Asks before one who takes part is put out: says who it is, that the client does not learn of it, and who comes next. */
export function DeleteContenderDialog({
  cluster,
  lock,
  contender,
  kind,
  onDone,
}: {
  cluster: ClusterSummary
  /** The path of the lock. */
  lock: string
  contender: ContenderView
  kind: RecipeKind
  onDone: () => void
}) {
  const live = useLive()
  const { path, session } = contender
  const shown = useContenderNode(cluster.id, contender)
  // What the page shows already; asks nobody.
  const { data: view } = useQuery({ ...lockQuery(cluster.id, lock, () => live.viewer), enabled: false })
  const [problem, setProblem] = useState<AppError | null>(null)
  const [note, setNote] = useState<string | null>(null)

  const mutation = useMutation({
    mutationFn: async ({ version, czxid, mzxid }: StatJson) => {
      try {
        return await deleteNode({ cluster: cluster.id, path, version, czxid, mzxid })
      } catch {
        return { ok: false as const, error: describeError('UnknownOutcome', { path }) }
      }
    },
    retry: false,
    onSuccess: async (result) => {
      if (result.ok) {
        live.markOwn(cluster.id, result.value.zxid)
        showToast({ kind: 'done', title: DELETED(path) })
        onDone()
        return
      }
      setProblem(result.error)
      if (isOutcomeUnknown(result.error.code)) {
        const exists = await nodeExists(cluster.id, path)
        setNote(exists === null ? null : DELETE_UNKNOWN(exists))
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
      title={DELETE_TITLE}
      shown={shown}
      refusal={whyNot(cluster, node?.stat ?? null)}
      action={{
        label: DELETE,
        busyLabel: DELETING,
        danger: true,
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
      command={node === null ? null : deleteCommand(path, node.stat.version)}
      onClose={onDone}
    >
      <Banner tone="changed">{consequence(kind, contender)}</Banner>
      <p className="text-ink-2">
        {view !== undefined && whoIsNext(view, contender)} {session !== null && SESSION_STAYS}
      </p>
    </ContenderQuestion>
  )
}

function consequence(kind: RecipeKind, { state }: ContenderView): string {
  if (state === 'waits') return DELETE_WAITER
  const special = DELETE_HOLDER[kind]
  if (special !== undefined) return special
  return state === 'holds' ? DELETE_HOLDER_ELSE : DELETE_PRESENT
}

function whyNot(cluster: ClusterSummary, stat: StatJson | null): string | null {
  if (cluster.readOnly !== null) return READ_ONLY_REASONS[cluster.readOnly]
  return stat !== null && stat.numChildren > 0 ? WITH_CHILDREN(stat.numChildren) : null
}
