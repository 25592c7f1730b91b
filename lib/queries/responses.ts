import type { ConnectionView } from '@/lib/live/protocol'
import type { AppError } from '@/lib/znode/app-error'
import type { StatJson } from '@/lib/znode/stat'

/** What the read API answers: see README, "Read API". Errors come as {@link ErrorResponse} with a fitting status. */
export interface ErrorResponse {
  readonly error: AppError
}

export interface ClusterSummary {
  readonly id: string
  readonly name: string
  /** A CSS colour of the form #rrggbb. */
  readonly color: string
  readonly production: boolean
  /** Why nothing may be written here, or null when it may. */
  readonly readOnly: 'everywhere' | 'cluster' | null
}

/** GET /api/clusters */
export interface ClustersResponse {
  readonly clusters: readonly ClusterSummary[]
}

/** GET /api/clusters/<cluster>/connection: opens the session if it is not open yet. */
export interface ConnectionResponse {
  readonly connection: ConnectionView
}

/** GET .../node?path= */
export interface NodeResponse {
  readonly path: string
  /** base64; null is a znode without data, which is not the same as an empty one (""). */
  readonly data: string | null
  /** Set instead of data when the znode exists but may not be read: stat is then still right, data is null. */
  readonly dataError: AppError | null
  readonly stat: StatJson
}

/** GET .../stat?path= */
export interface StatResponse {
  readonly path: string
  readonly stat: StatJson
}

export type ChildSort = 'name' | 'sequence'

/** GET .../children?path=&from=&count=&sort=&filter= */
export interface ChildrenResponse {
  readonly path: string
  readonly from: number
  /** Of the list after filtering. */
  readonly total: number
  readonly names: readonly string[]
  /** Children without the filter. */
  readonly unfiltered: number
  readonly pzxid: string
  /** See DirectoryDelta.revision. */
  readonly revision: number
}

/** GET .../stats?path=<directory>&name=<child>&name=...: at most 200 names. */
export interface StatsResponse {
  readonly path: string
  /** In the order asked for; null: no such child (any more); an error harms only its own row. */
  readonly stats: readonly (StatJson | { readonly error: AppError } | null)[]
}

/** GET .../find?path=<directory>&prefix=&limit=: for completion and type-ahead. */
export interface FindResponse {
  readonly path: string
  /** The first names that start with the prefix, by name. */
  readonly names: readonly string[]
  /** Index of the first of them in the list by name, -1 when there is none. */
  readonly index: number
  readonly total: number
}

/** GET .../acl?path= */
export interface AclResponse {
  readonly path: string
  readonly acl: readonly { readonly scheme: string; readonly id: string; readonly permissions: number }[]
  readonly stat: StatJson
}
