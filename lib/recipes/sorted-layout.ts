import { compareNames } from '@/lib/znode/compare-names'
import type { Layout } from './layout'

/**
 * The same directory with its children in the order of their names, so that nothing that is told of it depends on the
 * order in which a server happens to list them. Costs next to nothing where they are in order already.
 */
export function sortedLayout(layout: Layout): Layout {
  const near = [...layout.near].map(([path, directory]) => [path, sortedLayout(directory)] as const)
  if (isSorted(layout) && near.every(([path, directory]) => layout.near.get(path) === directory)) return layout
  const children = layout.children.toSorted((a, b) => compareNames(a.name, b.name))
  return { ...layout, children, near: new Map(near) }
}

function isSorted({ children }: Layout): boolean {
  return children.every(({ name }, index) => index === 0 || (children[index - 1]?.name ?? '') <= name)
}
