'use client'

import { useNow } from '@/components/node/use-now'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { remainingConflicts } from '@/lib/codec/conflict-markers'
import type { LiveClient } from '@/lib/live/client'
import {
  byZxid,
  CHANGED_WHILE_EDITING,
  COMPARE,
  DELETED_KEEPS_TEXT,
  DELETED_WHILE_EDITING,
  mergedWith,
  RECREATED_WHILE_EDITING,
  uploadWaiting,
  WHAT_NOW,
} from '@/lib/text/editor'
import type { StatJson } from '@/lib/znode/stat'
import { formatAgo } from '@/lib/znode/times'
import type { Draft } from './draft'

/** What the person who edits must know at once: the znode went on without them, or the text is a merge. */
export function EditBars({
  draft,
  stat,
  gone,
  live,
  onCompare,
}: {
  draft: Draft
  /** Of the znode as it is now. */
  stat: StatJson
  gone: boolean
  live: LiveClient
  onCompare: () => void
}) {
  const now = useNow(1000)
  const { base, mine } = draft
  const recreated = stat.czxid !== base.czxid
  if (gone) {
    return (
      <Banner
        tone="problem"
        title={DELETED_WHILE_EDITING}
        actions={
          <Button size="small" onClick={onCompare}>
            {WHAT_NOW}
          </Button>
        }
      >
        {DELETED_KEEPS_TEXT}
      </Banner>
    )
  }
  return (
    <>
      {(recreated || stat.mzxid !== base.mzxid) && (
        <Banner
          tone="changed"
          title={recreated ? RECREATED_WHILE_EDITING : CHANGED_WHILE_EDITING}
          actions={
            <Button size="small" onClick={onCompare}>
              {COMPARE}
            </Button>
          }
        >
          {byZxid(stat.mzxid, formatAgo(stat.mtime, now), live.isOwn(draft.cluster, stat.mzxid))}
        </Banner>
      )}
      {draft.mergedWith !== undefined && mine.kind === 'text' && (
        <Banner tone="info">{mergedWith(draft.mergedWith, remainingConflicts(mine.text))}</Banner>
      )}
      {mine.kind === 'bytes' && <Banner tone="info">{uploadWaiting(mine.bytes.length)}</Banner>}
    </>
  )
}
