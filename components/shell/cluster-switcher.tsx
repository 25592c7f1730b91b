'use client'

import { useDeferred } from '@/components/ui/use-deferred'
import type { ClusterSummary } from '@/lib/queries/responses'
import { ClusterButton } from './cluster-button'
import type { PageKind } from './page-kind'

const loadMenu = () => import('./cluster-menu')

/** Which ensemble this is, always in sight with its colour; opens the list of the others. */
export function ClusterSwitcher(props: {
  /** Of another ensemble the same page is opened. */
  page: PageKind
  cluster: ClusterSummary
  clusters: readonly ClusterSummary[]
}) {
  const menu = useDeferred(loadMenu)
  return menu === null ? <ClusterButton cluster={props.cluster} /> : <menu.ClusterMenu {...props} />
}
