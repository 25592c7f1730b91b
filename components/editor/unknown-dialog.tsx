'use client'

import { AlertDialog } from '@/components/ui/alert-dialog'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { CANNOT_READ_YET, COMPARE, DONE, KEEP_EDITING, OUTCOMES, READ_AGAIN, UNKNOWN_TITLE } from '@/lib/text/editor'
import type { SaveStep } from './save-step'

/** The answer to a save was lost: what is known about it by now, told by reading and never by sending it again. */
export function UnknownDialog({
  state,
  onReadAgain,
  onCompare,
  onClose,
}: {
  state: Extract<SaveStep, { step: 'unknown' }>
  onReadAgain: () => void
  onCompare: () => void
  onClose: () => void
}) {
  const { outcome, error } = state
  return (
    <AlertDialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={outcome === null ? UNKNOWN_TITLE : OUTCOMES[outcome].title}
      description={outcome === null ? CANNOT_READ_YET : OUTCOMES[outcome].words}
      footer={
        <>
          {(outcome === null || outcome === 'not-applied') && <Button onClick={onReadAgain}>{READ_AGAIN}</Button>}
          {(outcome === 'overtaken' || outcome === 'cannot-tell') && <Button onClick={onCompare}>{COMPARE}</Button>}
          <Button variant="primary" onClick={onClose}>
            {outcome === 'applied' ? DONE : KEEP_EDITING}
          </Button>
        </>
      }
    >
      <ErrorPanel error={error} />
    </AlertDialog>
  )
}
