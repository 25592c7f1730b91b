import { queryOptions } from '@tanstack/react-query'
import { apiUrl, getJson } from './get-json'
import type { AclResponse, NodeResponse } from './responses'

export const nodeKeys = {
  all: (cluster: string) => ['c', cluster, 'node'] as const,
  node: (cluster: string, path: string) => ['c', cluster, 'node', path, 'data'] as const,
  acl: (cluster: string, path: string) => ['c', cluster, 'node', path, 'acl'] as const,
}

/** Data and stat of one znode. Kept current by the live stream, never by time. */
export const nodeQuery = (cluster: string, path: string, viewer: () => string) =>
  queryOptions({
    queryKey: nodeKeys.node(cluster, path),
    queryFn: ({ signal }) =>
      getJson<NodeResponse>(apiUrl(['clusters', cluster, 'node'], { path, viewer: viewer() }), signal),
    staleTime: Number.POSITIVE_INFINITY,
  })

/** ZooKeeper sends no event when an ACL changes, so this one is read again whenever it is shown. */
export const aclQuery = (cluster: string, path: string) =>
  queryOptions({
    queryKey: nodeKeys.acl(cluster, path),
    queryFn: ({ signal }) => getJson<AclResponse>(apiUrl(['clusters', cluster, 'acl'], { path }), signal),
    staleTime: 0,
  })
