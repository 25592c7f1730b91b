'use client'

import { Field as Base } from '@base-ui/react/field'
import type { ReactNode } from 'react'

/** A labelled control. `error` is shown and announced as soon as it is there; null means valid. */
export function Field({
  label,
  hint,
  error = null,
  children,
}: {
  label: ReactNode
  hint?: ReactNode
  error?: string | null
  children: ReactNode
}) {
  return (
    <Base.Root invalid={error !== null} className="flex flex-col gap-1">
      <Base.Label className="text-xs font-medium text-ink-2">{label}</Base.Label>
      {children}
      {hint !== undefined && <Base.Description className="text-xs text-ink-3">{hint}</Base.Description>}
      <Base.Error match={error !== null} className="text-xs text-deleted" aria-live="polite">
        {error}
      </Base.Error>
    </Base.Root>
  )
}
