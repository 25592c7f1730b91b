'use client'

import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { HELP_TITLE, SHORTCUTS } from '@/lib/text/shell'

export function HelpDialog({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={HELP_TITLE}>
      <dl className="grid grid-cols-[max-content_1fr] gap-x-5 gap-y-1.5 pb-3">
        {SHORTCUTS.map(({ keys, what }) => (
          <div key={keys} className="contents">
            <dt>
              <Kbd>{keys}</Kbd>
            </dt>
            <dd className="text-ink-2">{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
