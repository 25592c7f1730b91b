import type { QueryClient } from '@tanstack/react-query'
import { toBase64 } from '@/lib/codec/base64'
import { nodeKeys } from '@/lib/queries/node'
import type { NodeResponse } from '@/lib/queries/responses'
import { fromHex, type StatJson } from '@/lib/znode/stat'

/** Shows what was just written without reading it, unless the live stream has already brought something newer. */
export function rememberWritten(
  queryClient: QueryClient,
  cluster: string,
  path: string,
  bytes: Uint8Array,
  stat: StatJson,
): void {
  queryClient.setQueryData<NodeResponse>(nodeKeys.node(cluster, path), (before) =>
    before && fromHex(before.stat.mzxid) > fromHex(stat.mzxid)
      ? before
      : { path, data: toBase64(bytes), dataError: null, stat },
  )
}
