'use client'

import type { ClusterSummary } from '@/lib/queries/responses'
import type { TextFormat } from './code-language'
import { ConflictDialog } from './conflict-dialog'
import { putDraft } from './draft-store'
import { ReviewDialog } from './review-dialog'
import { UnknownDialog } from './unknown-dialog'
import type { Save } from './use-save'

/** The dialog of the step that a save stands in, if it stands in one. */
export default function SaveDialogs({
  cluster,
  save,
  format,
  blocked,
}: {
  cluster: ClusterSummary
  save: Save
  format: TextFormat
  /** Why nothing may be written, or null. */
  blocked: string | null
}) {
  const { state, pending } = save
  switch (state.step) {
    case 'idle':
      return null
    case 'review':
      return (
        <ReviewDialog
          cluster={cluster}
          draft={state.draft}
          format={format}
          error={state.error}
          pending={pending}
          onSave={() => save.save(state.draft)}
          onClose={save.close}
        />
      )
    case 'conflict':
      return (
        <ConflictDialog
          cluster={cluster}
          draft={state.draft}
          theirs={state.theirs}
          error={state.error}
          pending={pending}
          blocked={blocked}
          onTakeTheirs={() => save.discard(state.draft)}
          onKeepMine={save.save}
          onMerge={(merged) => {
            putDraft(merged)
            save.close()
          }}
          onCreateAgain={() => save.createAgain(state.draft)}
          onClose={save.close}
        />
      )
    case 'unknown':
      return (
        <UnknownDialog
          state={state}
          onReadAgain={() => void save.readAgain(state.attempt, state.error)}
          onCompare={() => save.compare(state.attempt.draft, state.theirs)}
          onClose={save.close}
        />
      )
  }
}
