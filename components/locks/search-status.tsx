import { Button } from '@/components/ui/button'
import type { LockSearch } from '@/lib/queries/lock-responses'
import { CUT, START_SEARCH, STOP_SEARCH, WORKING } from '@/lib/text/lock-list'
import type { AppError } from '@/lib/znode/app-error'

/** How far the search for locks has come, at the foot of the list; it can be stopped and begun again. */
export function SearchStatus({
  search,
  busy,
  problem,
  onSearch,
}: {
  search: LockSearch
  busy: boolean
  problem: AppError | null
  onSearch: (what: 'start' | 'stop') => void
}) {
  const searching = search.state === 'searching'
  const all = search.looked + search.left
  return (
    <div className="flex-none border-t border-line-soft px-3 py-1.5 text-[11.5px] text-ink-2">
      {searching && search.by === 'crawl' && (
        <progress
          className="mb-1 block h-1 w-full accent-accent"
          aria-label={WORKING.searching(search)}
          max={Math.max(1, all)}
          value={search.looked}
        />
      )}
      <div className="flex items-center gap-2">
        <p className="min-w-0 flex-1">
          {WORKING[search.state](search)}
          {search.cut && <span className="block text-changed">{CUT}</span>}
          {problem !== null && (
            <span role="alert" className="block text-deleted">
              {problem.message}
            </span>
          )}
        </p>
        <Button
          size="small"
          variant="ghost"
          disabledReason={busy ? WORKING[search.state](search) : null}
          onClick={() => onSearch(searching ? 'stop' : 'start')}
        >
          {searching ? STOP_SEARCH : START_SEARCH}
        </Button>
      </div>
    </div>
  )
}
