import { EMPTY_FOLDER, FOLDER_NOT_READ, NO_MATCH, RETRY } from '@/lib/text/tree'
import type { Directory } from '@/lib/tree/directory'
import { KindIcon } from './kind-icon'
import { Skeleton } from './passing-row'

/** Something about a folder in a row below it: that it loads, is empty, could not be read. No znode, so no treeitem. */
export function NoteRow({
  directory,
  depth,
  filter,
  top,
}: {
  directory: Directory
  depth: number
  filter: string
  top: number
}) {
  const { error } = directory
  return (
    <div
      role="none"
      data-note={directory.path}
      className="absolute inset-x-0 top-0 flex h-(--row) items-center gap-1.5 pr-2.5 text-ink-3"
      style={{ transform: `translateY(${top}px)`, paddingLeft: 8 + depth * 14 + 16 }}
    >
      {error !== null ? (
        <>
          <KindIcon kind={error.code === 'NoAuth' ? 'locked' : 'leaf'} />
          <span className="truncate text-deleted" title={`${error.message} ${error.hint}`}>
            {FOLDER_NOT_READ(error.code, error.message)}
          </span>
          {/* For the mouse: a tree may hold no button. The keyboard has → and "Read again" on the folder itself. */}
          <span
            data-retry={directory.path}
            className="ml-auto rounded-md border border-line bg-raised px-2 text-xs leading-5 font-medium text-ink hover:bg-hover"
          >
            {RETRY}
          </span>
        </>
      ) : directory.loaded ? (
        <span className="truncate">{filter === '' ? EMPTY_FOLDER : NO_MATCH(filter)}</span>
      ) : (
        <Skeleton />
      )}
    </div>
  )
}
