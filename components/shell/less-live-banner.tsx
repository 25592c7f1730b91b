'use client'

import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import type { Limitation, Liveness } from '@/lib/live/protocol'
import { LESS_LIVE, LESS_LIVE_TITLE, LIMITATION } from '@/lib/text/load'
import { DISMISS } from '@/lib/text/ui'
import { useDismissed } from './use-dismissed'

interface LessLive {
  readonly cluster: string
  readonly liveness: Liveness
  readonly limitation: Limitation
  readonly version: string | null
}

/** On servers without recursive watches: what stays dark although it changes. */
export function LessLiveBanner({ cluster, liveness, limitation, version }: LessLive) {
  const [dismissed, dismiss] = useDismissed(`less-live ${cluster} ${liveness}`)
  if (dismissed) return null
  return (
    <Banner
      tone="quiet"
      title={LESS_LIVE_TITLE}
      className="mx-3 my-2 flex-none"
      actions={
        <Button size="small" onClick={dismiss}>
          {DISMISS}
        </Button>
      }
    >
      {LIMITATION(limitation, version)} {LESS_LIVE(liveness)}
    </Banner>
  )
}
