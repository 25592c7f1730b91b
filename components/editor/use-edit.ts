import { useCallback } from 'react'
import { showToast } from '@/components/ui/toast'
import type { NodeResponse } from '@/lib/queries/responses'
import { BRING_BACK, TEXT_PUT_ASIDE } from '@/lib/text/editor'
import { type Draft, type DraftValue, draftBytes, type Loaded, sameValue } from './draft'
import { dropDraft, getDraft, putDraft } from './draft-store'

/**
 * Turns what is typed or uploaded into the draft of a znode. The first change remembers what was loaded at that moment:
 * that version, and no later one, is what a save may replace.
 */
export function useEdit(cluster: string, node: NodeResponse, loaded: Loaded) {
  const { path } = node
  const edit = useCallback(
    (mine: DraftValue) => {
      const before = getDraft(cluster, path)
      const base = before?.base ?? loaded
      const back = base.mzxid === loaded.mzxid && base.czxid === loaded.czxid && sameValue(base.bytes, draftBytes(mine))
      if (back) dropDraft(cluster, path)
      else putDraft({ seen: node, ...before, cluster, path, base, mine })
    },
    [cluster, path, node, loaded],
  )

  /** For a whole new value: the edit that it takes the place of can be brought back. */
  const replace = useCallback(
    (mine: DraftValue): Draft | undefined => {
      const before = getDraft(cluster, path)
      edit(mine)
      if (before) {
        showToast({
          kind: 'note',
          title: TEXT_PUT_ASIDE,
          detail: path,
          action: { label: BRING_BACK, run: () => putDraft(before) },
        })
      }
      return getDraft(cluster, path)
    },
    [cluster, path, edit],
  )

  return { edit, replace }
}
