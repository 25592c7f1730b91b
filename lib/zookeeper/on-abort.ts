const groups = new WeakMap<AbortSignal, Set<() => void>>()

/**
 * Calls `listener` when the signal aborts. Returns a function that takes it back. However many requests share a signal,
 * it gets one listener: Node warns of a leak above ten, and removing one of thousands is a search through all.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const group = groups.get(signal) ?? listenTo(signal)
  group.add(listener)
  return () => void group.delete(listener)
}

function listenTo(signal: AbortSignal): Set<() => void> {
  const group = new Set<() => void>()
  groups.set(signal, group)
  const callAll = () => {
    for (const listener of group) listener()
  }
  signal.addEventListener('abort', callAll, { once: true })
  return group
}
