'use client'

import { ContextMenuContent, ContextMenuItem, ContextMenuSeparator } from '@/components/ui/context-menu'
import { READ_ONLY_REASON } from '@/lib/text/shell'
import { MENU, MENU_LABEL, ROOT_STAYS } from '@/lib/text/tree'

export type TreeAction = keyof typeof MENU

const GROUPS: readonly (readonly TreeAction[])[] = [
  ['open', 'open-in-new-tab'],
  ['expand', 'collapse', 'refresh'],
  ['copy-path', 'copy-link'],
  ['create-child', 'delete'],
]

/** What can be done with the row under the pointer, or the active one when the keyboard asked. */
export function TreeMenu({
  path,
  expanded,
  expandable,
  readOnly,
  onAction,
}: {
  path: string
  expanded: boolean
  expandable: boolean
  readOnly: keyof typeof READ_ONLY_REASON | null
  onAction: (action: TreeAction) => void
}) {
  const isOffered = (action: TreeAction) => {
    if (action === 'expand') return !expanded && expandable
    return action !== 'collapse' || (expanded && path !== '/')
  }
  const refusal = (action: TreeAction): string | undefined => {
    if (action !== 'create-child' && action !== 'delete') return undefined
    if (readOnly !== null) return READ_ONLY_REASON[readOnly]
    return action === 'delete' && path === '/' ? ROOT_STAYS : undefined
  }
  return (
    <ContextMenuContent aria-label={MENU_LABEL(path)}>
      {GROUPS.map((group, i) => (
        <div key={group[0]} role="none">
          {i > 0 && <ContextMenuSeparator />}
          {group.filter(isOffered).map((action) => (
            <ContextMenuItem
              key={action}
              danger={action === 'delete'}
              disabled={refusal(action) !== undefined}
              title={refusal(action)}
              onClick={() => onAction(action)}
            >
              {MENU[action]}
            </ContextMenuItem>
          ))}
        </div>
      ))}
    </ContextMenuContent>
  )
}
