'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useCurrentCluster } from '@/components/shell/current-cluster'
import { pageHrefOf } from '@/components/shell/page-kind'
import { copyText } from '@/components/ui/copy-text'
import { Menu, MenuContent, MenuItem, MenuSeparator } from '@/components/ui/menu'
import { showToast } from '@/components/ui/toast'
import {
  ACTS,
  ACTS_LABEL,
  BANG_WORDS,
  COPIED_COMMANDS,
  COPIED_LINK,
  COPIED_PATH,
  NO_COMMANDS,
  NO_COMMANDS_TITLE,
} from '@/lib/text/lock-acts'
import { READ_ONLY_REASON } from '@/lib/text/shell'
import { COPY_FAILED } from '@/lib/text/ui'
import type { OpenedActs } from './acts-host'
import { DeleteContenderDialog } from './delete-contender-dialog'
import { ReleaseDialog } from './release-dialog'
import { lookingCommands } from './zkcli-commands'

/** The menu of one who takes part, and the questions that it leads to. Loaded when it is first opened. */
export function ContenderActions({ button, contender, kind, lock }: OpenedActs) {
  const cluster = useCurrentCluster()
  const router = useRouter()
  const [open, setOpen] = useState(true)
  const [at] = useState(() => below(button))
  const [asks, setAsks] = useState<'release' | 'delete' | null>(null)
  const { name, path, session, czxid, revocable } = contender
  const refusal = cluster.readOnly === null ? undefined : READ_ONLY_REASON[cluster.readOnly]
  const done = (): void => {
    setAsks(null)
    whereToGo(button)?.focus()
  }
  const link = (): string =>
    new URL(pageHrefOf(cluster.id, 'locks', { path: lock, contender: name }), window.location.href).href
  return (
    <>
      <Menu open={open} onOpenChange={setOpen}>
        <MenuContent at={at} finalFocus={() => whereToGo(button) ?? false} aria-label={ACTS_LABEL(name)}>
          <MenuItem onClick={() => router.push(pageHrefOf(cluster.id, 'browse', { path }))}>{ACTS.znode}</MenuItem>
          {session !== null && (
            <MenuItem onClick={() => router.push(pageHrefOf(cluster.id, 'sessions', { session }))}>
              {ACTS.session}
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem onClick={() => void copy(path, COPIED_PATH)}>{ACTS.copyPath}</MenuItem>
          <MenuItem onClick={() => copyCommands(path)}>{ACTS.copyCommands}</MenuItem>
          <MenuItem onClick={() => void copy(link(), COPIED_LINK)}>{ACTS.copyLink}</MenuItem>
          {czxid !== null && <MenuSeparator />}
          {czxid !== null && revocable && (
            <MenuItem disabled={refusal !== undefined} title={refusal} onClick={() => setAsks('release')}>
              {ACTS.release}
            </MenuItem>
          )}
          {czxid !== null && (
            <MenuItem danger disabled={refusal !== undefined} title={refusal} onClick={() => setAsks('delete')}>
              {ACTS.delete}
            </MenuItem>
          )}
        </MenuContent>
      </Menu>
      {asks === 'release' && <ReleaseDialog cluster={cluster} contender={contender} kind={kind} onDone={done} />}
      {asks === 'delete' && (
        <DeleteContenderDialog cluster={cluster} lock={lock} contender={contender} kind={kind} onDone={done} />
      )}
    </>
  )
}

async function copy(text: string, done: string): Promise<void> {
  if (await copyText(text)) showToast({ kind: 'done', title: done, detail: text })
  else showToast({ kind: 'problem', title: COPY_FAILED, detail: text })
}

function copyCommands(path: string): void {
  const commands = lookingCommands(path)
  if (commands === null) {
    showToast({ kind: 'problem', title: NO_COMMANDS_TITLE, detail: NO_COMMANDS })
    return
  }
  void copy(commands, COPIED_COMMANDS)
  if (path.includes('!')) showToast({ kind: 'note', title: COPIED_COMMANDS, detail: BANG_WORDS })
}

function below(button: HTMLElement): { readonly x: number; readonly y: number } {
  const { left, bottom } = button.getBoundingClientRect()
  return { x: left, y: bottom }
}

/** The button, or, when it has left together with whom it belonged to, the table or the list of locks. */
function whereToGo(button: HTMLElement): HTMLElement | null {
  return button.isConnected ? button : document.querySelector<HTMLElement>('main [role="grid"], main [role="listbox"]')
}
