import type { AppError } from '@/lib/znode/app-error'
import type { Draft, Loaded } from './draft'
import { judgeCreate, judgeSet, type WriteOutcome } from './write-outcome'

export interface Attempt {
  readonly draft: Draft
  /** The bytes of draft.mine. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** create: the znode was deleted meanwhile and the person wants it back. */
  readonly how: 'set' | 'create'
}

/** Where a save stands. In every step the draft is still in the store; only a save that has happened takes it out. */
export type SaveStep =
  | { readonly step: 'idle' }
  /** The difference is shown. `error`: why the last attempt changed nothing. */
  | { readonly step: 'review'; readonly draft: Draft; readonly error: AppError | null }
  /** The znode is not the one that the draft was made from. theirs null: it was deleted. */
  | {
      readonly step: 'conflict'
      readonly draft: Draft
      readonly theirs: Loaded | null
      readonly error: AppError | null
    }
  /** The answer was lost. outcome null: the znode could not be read since, `error` says why. */
  | {
      readonly step: 'unknown'
      readonly attempt: Attempt
      readonly outcome: WriteOutcome | null
      readonly theirs: Loaded | null
      readonly error: AppError
    }

export function judge({ draft, bytes, how }: Attempt, theirs: Loaded | null): WriteOutcome {
  return how === 'create' ? judgeCreate(bytes, theirs) : judgeSet(draft.base, bytes, theirs)
}
