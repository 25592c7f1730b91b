'use client'

import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import type { RolledBack } from '@/lib/live/protocol'
import { ROLLED_BACK, ROLLED_BACK_TITLE } from '@/lib/text/load'
import { DISMISS } from '@/lib/text/ui'
import { formatAbsolute } from '@/lib/znode/times'
import { useDismissed } from './use-dismissed'

/** The ensemble has forgotten changes that were on this screen: nobody must go on as if nothing had happened. */
export function RollbackBanner({ cluster, rolledBack }: { cluster: string; rolledBack: RolledBack }) {
  const [dismissed, dismiss] = useDismissed(`rollback ${cluster} ${rolledBack.at}`)
  if (dismissed) return null
  return (
    <Banner
      tone="problem"
      urgent
      title={ROLLED_BACK_TITLE}
      className="mx-3 my-2 flex-none"
      actions={
        <Button size="small" onClick={dismiss}>
          {DISMISS}
        </Button>
      }
    >
      {ROLLED_BACK(rolledBack, formatAbsolute(rolledBack.at))}
    </Banner>
  )
}
