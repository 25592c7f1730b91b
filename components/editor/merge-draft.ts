import { markConflicts } from '@/lib/codec/conflict-markers'
import { lineSeparatorOf } from '@/lib/codec/line-separator'
import { merge3 } from '@/lib/codec/merge3'
import type { Draft, Loaded } from './draft'
import { editableText } from './editable-text'

/** Lines can be merged only where all three sides are text. No data counts as no lines. */
export function canMerge(draft: Draft, theirs: Loaded): boolean {
  return draft.mine.kind === 'text' && textOf(draft.base) !== null && textOf(theirs) !== null
}

/**
 * A draft with the changes of both sides, to be saved over `theirs`; conflicts are marked in its text. null when not
 * all sides are text.
 */
export function mergeDraft(draft: Draft, theirs: Loaded): Draft | null {
  const base = textOf(draft.base)
  const other = textOf(theirs)
  if (draft.mine.kind !== 'text' || base === null || other === null) return null
  const { separator } = draft.mine
  const { text } = markConflicts(merge3(base, other, draft.mine.text), separator === 'mixed' ? '\n' : separator)
  return {
    ...draft,
    base: theirs,
    mine: { kind: 'text', text, separator: lineSeparatorOf(text) },
    mergedWith: theirs.version,
  }
}

function textOf({ bytes }: Loaded): string | null {
  return bytes === null ? '' : editableText(bytes)
}
