'use client'

import { useDeferred } from '@/components/ui/use-deferred'
import type { Theme } from './theme'
import { ThemeButton } from './theme-button'

const loadChoice = () => import('./theme-choice')

export function ThemeMenu({ initial }: { initial: Theme }) {
  const choice = useDeferred(loadChoice)
  return choice === null ? <ThemeButton /> : <choice.ThemeChoice initial={initial} />
}
