'use client'

import { useEffect } from 'react'
import { APP_NAME } from '@/lib/text/shell'
import { nameOf } from '@/lib/znode/path'

/** The browser's tab says which znode of which ensemble this is. */
export function useDocumentTitle(path: string, clusterName: string): void {
  useEffect(() => {
    document.title = `${path === '/' ? '/' : nameOf(path)} · ${clusterName} · ${APP_NAME}`
  }, [path, clusterName])
}
