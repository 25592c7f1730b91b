'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { ClusterName } from '@/components/ui/cluster-name'
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '@/components/ui/menu'
import type { ClusterSummary } from '@/lib/queries/responses'
import { ClusterButton } from './cluster-button'
import { type PageKind, pageHref } from './page-kind'

/** Another ensemble was chosen and its page, a new one, is not there yet. */
let switching = false

/** The list of ensembles behind the button that names the current one. */
export function ClusterMenu({
  page,
  cluster,
  clusters,
}: {
  page: PageKind
  cluster: ClusterSummary
  clusters: readonly ClusterSummary[]
}) {
  const router = useRouter()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    // The old page has taken the focus along.
    if (switching && document.activeElement === document.body) button.current?.focus()
    switching = false
  }, [])
  const open = (id: string): void => {
    switching = id !== cluster.id
    router.push(pageHref(id, page))
  }
  return (
    <Menu>
      <MenuTrigger ref={button}>
        <ClusterButton cluster={cluster} />
      </MenuTrigger>
      <MenuContent>
        <MenuRadioGroup value={cluster.id} onValueChange={open}>
          {clusters.map((other) => (
            <MenuRadioItem key={other.id} value={other.id}>
              <ClusterName cluster={other} />
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  )
}
