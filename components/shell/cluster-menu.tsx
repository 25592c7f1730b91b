'use client'

import { useRouter } from 'next/navigation'
import { ClusterName } from '@/components/ui/cluster-name'
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '@/components/ui/menu'
import type { ClusterSummary } from '@/lib/queries/responses'
import { ClusterButton } from './cluster-button'

/** The list of ensembles behind the button that names the current one. */
export function ClusterMenu({ cluster, clusters }: { cluster: ClusterSummary; clusters: readonly ClusterSummary[] }) {
  const router = useRouter()
  return (
    <Menu>
      <MenuTrigger>
        <ClusterButton cluster={cluster} />
      </MenuTrigger>
      <MenuContent>
        <MenuRadioGroup value={cluster.id} onValueChange={(id: string) => router.push(`/c/${id}`)}>
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
