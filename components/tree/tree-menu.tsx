'use client'

import type { RefObject } from 'react'
import { Menu, MenuContent, MenuItem, MenuSeparator } from '@/components/ui/menu'
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
  at,
  returnTo,
  onClose,
  path,
  expanded,
  expandable,
  readOnly,
  onAction,
}: {
  /** Where it opens, px in the viewport. */
  at: { readonly x: number; readonly y: number }
  /** Where the focus goes when it closes. */
  returnTo: RefObject<HTMLElement | null>
  onClose: () => void
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
    <Menu open onOpenChange={(open) => !open && onClose()}>
      <MenuContent at={at} finalFocus={returnTo} aria-label={MENU_LABEL(path)}>
        {GROUPS.map((group, i) => (
          <div key={group[0]} role="none">
            {i > 0 && <MenuSeparator />}
            {group.filter(isOffered).map((action) => (
              <MenuItem
                key={action}
                danger={action === 'delete'}
                disabled={refusal(action) !== undefined}
                title={refusal(action)}
                onClick={() => onAction(action)}
              >
                {MENU[action]}
              </MenuItem>
            ))}
          </div>
        ))}
      </MenuContent>
    </Menu>
  )
}
