import { apiUrl, getJson, toAppError } from '@/lib/queries/get-json'
import type { StatResponse } from '@/lib/queries/responses'

/** Whether there is such a znode now; null when that cannot be read. */
export async function nodeExists(cluster: string, path: string): Promise<boolean | null> {
  try {
    await getJson<StatResponse>(apiUrl(['clusters', cluster, 'stat'], { path }))
    return true
  } catch (thrown) {
    return toAppError(thrown).code === 'NoNode' ? false : null
  }
}
