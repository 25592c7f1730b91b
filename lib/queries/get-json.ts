import { SERVER_SILENT, wordlessAnswer } from '@/lib/text/server-answers'
import type { AppError } from '@/lib/znode/app-error'
import type { ErrorResponse } from './responses'

/** A failed read or write, for react-query and error boundaries. `error` is what is shown. */
class RequestFailed extends Error {
  constructor(readonly error: AppError) {
    super(error.message)
    this.name = 'RequestFailed'
  }
}

/** What to show for anything that was thrown: our own errors as they are, the rest as unreachable server. */
export function toAppError(thrown: unknown): AppError {
  // Not instanceof: a class may be loaded more than once in one Next process.
  if (typeof thrown === 'object' && thrown !== null && 'error' in thrown) return (thrown as RequestFailed).error
  return SERVER_SILENT
}

export type QueryValue = string | number | readonly string[] | undefined

/** "/api/..." with its query; undefined values are left out, arrays are repeated. */
export function apiUrl(path: readonly string[], query: Readonly<Record<string, QueryValue>> = {}): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value === undefined) continue
    if (typeof value === 'object') for (const item of value) params.append(key, item)
    else params.append(key, String(value))
  }
  const search = params.toString()
  return `/api/${path.map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`
}

/** GETs JSON. @throws RequestFailed with the server's own words. */
export async function getJson<T>(url: string, signal?: AbortSignal): Promise<T> {
  // no-store: Chrome runs identical cacheable GETs one after the other (its cache lock).
  const response = await fetch(url, { cache: 'no-store', ...(signal ? { signal } : {}) })
  const body: unknown = await response.json().catch(() => null)
  if (!response.ok) {
    const error = (body as ErrorResponse | null)?.error
    throw new RequestFailed(error ?? wordlessAnswer(response.status))
  }
  return body as T
}
