'use client'

import type { ReactNode } from 'react'
import { AlertDialog } from '@/components/ui/alert-dialog'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { ClusterName } from '@/components/ui/cluster-name'
import { CopyButton } from '@/components/ui/copy-button'
import { ErrorPanel } from '@/components/ui/error-panel'
import type { ContenderView } from '@/lib/queries/lock-responses'
import type { ClusterSummary } from '@/lib/queries/responses'
import type { RecipeKind } from '@/lib/recipes/recipe'
import { COPY_COMMAND, GONE, RECREATED_SINCE } from '@/lib/text/lock-acts'
import { READING } from '@/lib/text/node'
import { CANCEL, CLOSE } from '@/lib/text/ui'
import type { AppError } from '@/lib/znode/app-error'
import { ContenderFacts } from './contender-facts'
import type { ContenderNode } from './use-contender-node'

export interface ContenderQuestionProps {
  readonly cluster: ClusterSummary
  readonly contender: ContenderView
  readonly kind: RecipeKind
  readonly title: string
  readonly shown: ContenderNode
  /** Why it cannot be done; null when it can. */
  readonly refusal: string | null
  readonly action: {
    readonly label: string
    readonly busyLabel: string
    readonly danger: boolean
    readonly run: () => void
  }
  readonly busy: boolean
  readonly problem: AppError | null
  readonly note: string | null
  /** The same for zkCli; null where it cannot be said. */
  readonly command: string | null
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A question about one who takes part: who it is, what would happen, and what did. */
export function ContenderQuestion(props: ContenderQuestionProps) {
  const { cluster, contender, kind, title, shown, refusal, action, busy, problem, note, command, onClose } = props
  const possible = shown.node !== null && refusal === null
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && !busy && onClose()}
      title={title}
      description={<ClusterName cluster={cluster} />}
      footer={
        <>
          {possible && command !== null && (
            <span className="mr-auto flex items-center gap-1 text-xs text-ink-3">
              <CopyButton text={command} label={COPY_COMMAND} />
              zkCli
            </span>
          )}
          <Button onClick={onClose} disabled={busy}>
            {possible ? CANCEL : CLOSE}
          </Button>
          {possible && (
            <Button variant={action.danger ? 'danger' : 'primary'} disabled={busy} onClick={action.run}>
              {busy ? action.busyLabel : action.label}
            </Button>
          )}
        </>
      }
    >
      <ContenderFacts contender={contender} kind={kind} />
      {shown.gone && <Banner tone="changed">{GONE}</Banner>}
      {shown.recreated && <Banner tone="changed">{RECREATED_SINCE}</Banner>}
      {shown.error !== null && <ErrorPanel error={shown.error} />}
      {shown.node === null && shown.error === null && !shown.gone && !shown.recreated && (
        <p className="text-ink-3">{READING}</p>
      )}
      {refusal !== null && <Banner tone="problem">{refusal}</Banner>}
      {possible && props.children}
      {problem !== null && !shown.gone && <ErrorPanel error={problem} />}
      {note !== null && <Banner tone="changed">{note}</Banner>}
    </AlertDialog>
  )
}
