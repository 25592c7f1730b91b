'use client'

import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { deleteNode } from '@/app/actions/node'
import { isConflict, isOutcomeUnknown } from '@/components/editor/write-outcome'
import { useLive } from '@/components/live/live-provider'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { ClusterName } from '@/components/ui/cluster-name'
import { ErrorPanel } from '@/components/ui/error-panel'
import { showToast } from '@/components/ui/toast'
import { VisibleName } from '@/components/ui/visible-name'
import { toAppError } from '@/lib/queries/get-json'
import { nodeQuery } from '@/lib/queries/node'
import type { ClusterSummary } from '@/lib/queries/responses'
import { READ_ONLY_REASONS } from '@/lib/text/editor'
import { describeError } from '@/lib/text/errors'
import {
  CHANGED_SINCE,
  DELETE,
  DELETE_EPHEMERAL,
  DELETE_TITLE,
  DELETE_WORDS,
  DELETING,
  deleted,
  deleteFacts,
  hasChildren,
  outcomeUnknownDelete,
  READING,
  THE_ROOT,
} from '@/lib/text/node'
import { CANCEL, CLOSE } from '@/lib/text/ui'
import type { AppError } from '@/lib/znode/app-error'
import { formatExactBytes } from '@/lib/znode/bytes'
import type { StatJson } from '@/lib/znode/stat'
import { nodeExists } from './node-exists'
import { useLiveChanges } from './use-live-changes'

export interface DeleteDialogProps {
  readonly cluster: ClusterSummary
  readonly path: string
  readonly onDone: (deleted: boolean) => void
}

/** Asks before a childless znode is deleted: exactly the one whose facts are shown, or none. */
export function DeleteDialog({ cluster, path, onDone }: DeleteDialogProps) {
  const live = useLive()
  const { data, error, refetch } = useQuery({
    ...nodeQuery(cluster.id, path, () => live.viewer),
    refetchOnMount: 'always',
  })
  useLiveChanges(
    live,
    cluster.id,
    ({ nodes }) => nodes.some((change) => change.path === path),
    () => refetch(),
  )
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
        showToast({ kind: 'done', title: deleted(path) })
        onDone(true)
        return
      }
      setProblem(result.error)
      if (isOutcomeUnknown(result.error.code)) {
        const exists = await nodeExists(cluster.id, path)
        setNote(exists === null ? null : outcomeUnknownDelete(exists))
      } else if (isConflict(result.error.code)) setNote(CHANGED_SINCE)
      await refetch()
    },
  })

  const gone = error !== null && toAppError(error).code === 'NoNode'
  const stat = gone ? undefined : data?.stat
  const refusal = stat ? whyNot(cluster, path, stat) : null
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && !mutation.isPending && onDone(gone)}
      title={DELETE_TITLE}
      description={<ClusterName cluster={cluster} />}
      footer={
        <>
          <Button onClick={() => onDone(gone)} disabled={mutation.isPending}>
            {stat && refusal === null ? CANCEL : CLOSE}
          </Button>
          {stat && refusal === null && (
            <Button
              variant="danger"
              disabled={mutation.isPending}
              onClick={() => {
                setProblem(null)
                setNote(null)
                mutation.mutate(stat)
              }}
            >
              {mutation.isPending ? DELETING : DELETE}
            </Button>
          )}
        </>
      }
    >
      <p className="font-mono text-xs font-medium wrap-anywhere">
        <VisibleName name={path} />
      </p>
      {stat ? (
        <Facts stat={stat} refusal={refusal} />
      ) : error !== null ? (
        <ErrorPanel error={toAppError(error)} />
      ) : (
        <p className="text-ink-3">{READING}</p>
      )}
      {problem !== null && !gone && <ErrorPanel error={problem} />}
      {note !== null && <Banner tone="changed">{note}</Banner>}
    </AlertDialog>
  )
}

function Facts({ stat, refusal }: { stat: StatJson; refusal: string | null }) {
  return (
    <>
      <p className="text-ink-2">{deleteFacts(stat.version, formatExactBytes(stat.dataLength))}</p>
      {stat.ephemeralOwner !== '0x0' && <Banner tone="changed">{DELETE_EPHEMERAL}</Banner>}
      {refusal === null ? <p className="text-ink-2">{DELETE_WORDS}</p> : <Banner tone="problem">{refusal}</Banner>}
    </>
  )
}

function whyNot(cluster: ClusterSummary, path: string, stat: StatJson): string | null {
  if (cluster.readOnly !== null) return READ_ONLY_REASONS[cluster.readOnly]
  if (path === '/') return THE_ROOT
  return stat.numChildren > 0 ? hasChildren(stat.numChildren) : null
}
