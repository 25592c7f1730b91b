'use client'

import { PencilLine } from 'lucide-react'
import type { Draft } from '@/components/editor/draft'
import { Button } from '@/components/ui/button'
import { Menu, MenuContent, MenuItem, MenuTrigger } from '@/components/ui/menu'
import { VisibleName } from '@/components/ui/visible-name'
import { UNSAVED_MENU, unsavedElsewhere } from '@/lib/text/node'

/** Unsaved edits wait at their znodes: here is the way back to them. */
export default function UnsavedMenu({ drafts, onOpen }: { drafts: readonly Draft[]; onOpen: (path: string) => void }) {
  return (
    <Menu>
      <MenuTrigger>
        <Button size="small" title={UNSAVED_MENU} className="border-changed/40! bg-changed-bg!">
          <PencilLine size={13} aria-hidden />
          {unsavedElsewhere(drafts.length)}
        </Button>
      </MenuTrigger>
      <MenuContent align="end">
        {drafts.map((draft) => (
          <MenuItem key={draft.path} onClick={() => onOpen(draft.path)} className="font-mono text-xs">
            <VisibleName name={draft.path} max={60} />
          </MenuItem>
        ))}
      </MenuContent>
    </Menu>
  )
}
