import type { LockSearch } from '@/lib/queries/lock-responses'
import { COULD_NOT_SEE, LOOKED_AT, NONE_FOUND, NONE_YET } from '@/lib/text/lock-list'

/** An empty list says what was looked at, what could not be seen, and which setting would show it. */
export function NoLocks({ search }: { search: LockSearch }) {
  const searching = search.state === 'searching'
  return (
    <div className="space-y-1.5 px-3 py-2 text-ink-2">
      <p className="font-medium text-ink">{searching ? NONE_YET : NONE_FOUND}</p>
      {!searching && <p>{LOOKED_AT(search)}</p>}
      {!searching && <p>{COULD_NOT_SEE(search)}</p>}
    </div>
  )
}
