/**
 * The strongly connected components of a directed graph, by Tarjan's algorithm without recursion: a queue of ten
 * thousand waiters is deeper than the stack. What `next` gives must be in `nodes`; a node twice in it does no harm.
 */
export function stronglyConnected<T>(nodes: readonly T[], next: (node: T) => Iterable<T>): T[][] {
  const index = new Map<T, number>()
  const low = new Map<T, number>()
  const open: T[] = []
  const isOpen = new Set<T>()
  const components: T[][] = []

  const enter = (node: T): Visit<T> => {
    index.set(node, index.size)
    low.set(node, index.size - 1)
    open.push(node)
    isOpen.add(node)
    return { node, rest: next(node)[Symbol.iterator]() }
  }
  const lower = (node: T, to: number | undefined) => low.set(node, Math.min(low.get(node) ?? 0, to ?? 0))
  const leave = ({ node }: Visit<T>, above: Visit<T> | undefined) => {
    if (low.get(node) === index.get(node)) components.push(close(node))
    if (above !== undefined) lower(above.node, low.get(node))
  }
  const close = (root: T): T[] => {
    const component = open.splice(open.lastIndexOf(root))
    for (const node of component) isOpen.delete(node)
    return component
  }

  for (const root of nodes) {
    if (index.has(root)) continue
    const path = [enter(root)]
    for (let visit = path.at(-1); visit !== undefined; visit = path.at(-1)) {
      const { value, done } = visit.rest.next()
      if (done) {
        path.pop()
        leave(visit, path.at(-1))
      } else if (!index.has(value)) path.push(enter(value))
      else if (isOpen.has(value)) lower(visit.node, index.get(value))
    }
  }
  return components
}

interface Visit<T> {
  readonly node: T
  readonly rest: Iterator<T, undefined>
}
