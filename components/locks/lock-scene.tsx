'use client'

import { type ComponentType, createContext, type ReactNode, useContext, useMemo } from 'react'
import type { ContenderView } from '@/lib/queries/lock-responses'
import type { RecipeKind } from '@/lib/recipes/recipe'

export interface ContenderMenuProps {
  /** Of a table's rows only the active one is a stop for the Tab key. */
  readonly tabIndex?: 0 | -1
  readonly cluster: string
  readonly contender: ContenderView
  readonly kind: RecipeKind
}

/** What every part of a lock's picture needs to know, however deep it stands. */
export interface LockScene {
  readonly cluster: string
  /** The path of the lock. */
  readonly lock: string
  readonly kind: RecipeKind
  /** When the view was true, by the clock of the Zoolens server. */
  readonly at: number
  /** What can be done with one who takes part; null where nothing can. */
  readonly menu: ComponentType<ContenderMenuProps> | null
}

const SceneContext = createContext<LockScene>({ cluster: '', lock: '', kind: 'none', at: 0, menu: null })

export function LockSceneProvider({ cluster, lock, kind, at, menu, children }: LockScene & { children: ReactNode }) {
  const scene = useMemo(() => ({ cluster, lock, kind, at, menu }), [cluster, lock, kind, at, menu])
  return <SceneContext value={scene}>{children}</SceneContext>
}

export function useLockScene(): LockScene {
  return useContext(SceneContext)
}
