'use client'

import { useEffect } from 'react'
import { PAGE_TITLE } from '@/lib/text/shell'

/** The browser's tab says which znode of which ensemble this is. */
export function useDocumentTitle(path: string, clusterName: string): void {
  useEffect(() => {
    document.title = PAGE_TITLE(path, clusterName)
  }, [path, clusterName])
}
