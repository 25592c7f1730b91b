'use client'

import dynamic from 'next/dynamic'
import { createContext, type ReactNode, useCallback, useState } from 'react'
import { loadPart } from '@/components/ui/load-part'
import type { ContenderView } from '@/lib/queries/lock-responses'
import type { RecipeKind } from '@/lib/recipes/recipe'

const ContenderActions = dynamic(() =>
  loadPart(() => import('./contender-actions')).then((module) => module.ContenderActions),
)

/** Whose menu was opened, as they were shown at that moment. */
export interface OpenedActs {
  readonly button: HTMLElement
  readonly contender: ContenderView
  readonly kind: RecipeKind
  /** The path of the lock. */
  readonly lock: string
}

export const OpenActs = createContext<(acts: OpenedActs) => void>(() => undefined)

/**
 * Holds the menu and the questions about one who takes part. Not in their card or row: those go when they leave, or
 * become those of the next in line, and a question must never change whom it is about.
 */
export function ActsHost({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<{ readonly acts: OpenedActs; readonly count: number } | null>(null)
  const open = useCallback((acts: OpenedActs) => setOpened((before) => ({ acts, count: (before?.count ?? 0) + 1 })), [])
  return (
    <OpenActs value={open}>
      {children}
      {opened !== null && <ContenderActions key={opened.count} {...opened.acts} />}
    </OpenActs>
  )
}
