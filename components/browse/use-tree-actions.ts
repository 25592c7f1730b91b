'use client'

import { useCallback } from 'react'
import type { TreeAction } from '@/components/tree/tree-menu'
import { copyText } from '@/components/ui/copy-text'
import { showToast } from '@/components/ui/toast'
import { COPIED_LINK, COPIED_PATH } from '@/lib/text/shell'
import { COPY_FAILED } from '@/lib/text/ui'
import type { OpenDialog } from './node-dialogs'

/** Does what a row's menu, or a key on it, asks for; the tree does its own folding and refreshing. */
export function useTreeActions({
  cluster,
  setDialog,
}: {
  readonly cluster: string
  readonly setDialog: (dialog: OpenDialog) => void
}): (action: TreeAction, path: string) => void {
  return useCallback(
    (action, path) => {
      switch (action) {
        case 'open-in-new-tab':
          window.open(linkTo(cluster, path), '_blank', 'noopener')
          return
        case 'copy-path':
          void copy(path, COPIED_PATH)
          return
        case 'copy-link':
          void copy(linkTo(cluster, path), COPIED_LINK)
          return
        case 'create-child':
        case 'delete':
          setDialog({ kind: action, path })
          return
        case 'open':
        case 'expand':
        case 'collapse':
        case 'refresh':
      }
    },
    [cluster, setDialog],
  )
}

/** The address that shows a znode, for sharing. */
function linkTo(cluster: string, path: string): string {
  const url = new URL(`/c/${cluster}`, window.location.href)
  url.searchParams.set('path', path)
  return url.href
}

async function copy(text: string, done: string): Promise<void> {
  if (await copyText(text)) showToast({ kind: 'done', title: done, detail: text })
  else showToast({ kind: 'problem', title: COPY_FAILED, detail: text })
}
