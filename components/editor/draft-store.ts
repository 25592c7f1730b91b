import { useSyncExternalStore } from 'react'
import type { Draft } from './draft'

/**
 * Unsaved edits of this tab, by cluster and path, outside React: switching nodes, tabs or pages never loses one, and
 * closing the window asks first.
 */
const drafts = new Map<string, Draft>()
const listeners = new Set<() => void>()
let all: readonly Draft[] = []

// A path holds any character except NUL, a cluster id neither.
const keyOf = (cluster: string, path: string) => `${cluster}\0${path}`

function changed() {
  all = [...drafts.values()]
  if (typeof window !== 'undefined') {
    if (all.length > 0) window.addEventListener('beforeunload', askBeforeLeaving)
    else window.removeEventListener('beforeunload', askBeforeLeaving)
  }
  for (const listener of listeners) listener()
}

function askBeforeLeaving(event: BeforeUnloadEvent) {
  event.preventDefault()
}

export function getDraft(cluster: string, path: string): Draft | undefined {
  return drafts.get(keyOf(cluster, path))
}

export function putDraft(draft: Draft): void {
  drafts.set(keyOf(draft.cluster, draft.path), draft)
  changed()
}

/** Call it only when the text is saved, or when the person said so. */
export function dropDraft(cluster: string, path: string): void {
  if (drafts.delete(keyOf(cluster, path))) changed()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

const NONE: readonly Draft[] = []

export function useDraft(cluster: string, path: string): Draft | undefined {
  return useSyncExternalStore(
    subscribe,
    () => getDraft(cluster, path),
    () => undefined,
  )
}

export function useDrafts(): readonly Draft[] {
  return useSyncExternalStore(
    subscribe,
    () => all,
    () => NONE,
  )
}
