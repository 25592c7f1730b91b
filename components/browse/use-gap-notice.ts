'use client'

import { useEffect } from 'react'
import { showToast } from '@/components/ui/toast'
import type { LiveClient } from '@/lib/live/client'
import { AGE, GAP, GAP_TITLE } from '@/lib/text/shell'

/** Says after a broken link that what happened in between is known only by its outcome. */
export function useGapNotice(live: LiveClient, cluster: string): void {
  useEffect(
    () =>
      live.subscribe((message) => {
        if (message.type !== 'gap' || message.cluster !== cluster) return
        showToast({ kind: 'note', title: GAP_TITLE, detail: GAP(AGE(message.forMs), message.directories) })
      }),
    [live, cluster],
  )
}
