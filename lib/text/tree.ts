import { formatBytes, formatInteger } from '@/lib/znode/bytes'

const count = formatInteger
const plural = (value: number, one: string, many: string) => `${count(value)} ${value === 1 ? one : many}`

export const TREE_LABEL = 'Znodes'
export const COUNT = count

export const EMPTY_FOLDER = 'No children'
export const NO_MATCH = (filter: string) => `No child contains “${filter}”`
export const LOADING_ROW = 'Loading'
export const RETRY = 'Retry'
export const FOLDER_NOT_READ = (code: string, message: string) => `${code}: ${message}`

export const SORT_BY_NAME = 'Sorted by name'
export const SORT_BY_SEQUENCE = 'Sorted by sequence number'
export const SORT = { name: 'Name', sequence: 'Sequence' } as const

export const FILTER = 'Filter this folder'
export const FILTER_LABEL = (path: string) => `Filter the children of ${path}`
export const FILTER_CLOSE = 'End the filter'
export const FILTER_STATUS = (matching: number, all: number) => `${count(matching)} of ${count(all)}`

export const STAR_STATUS = (opened: number, folders: number) =>
  opened === folders ? `Opened ${plural(opened, 'folder', 'folders')}` : `Opened ${opened} of ${count(folders)} folders`

export const YOU = 'you'
export const RATE = (perSecond: number) => `${count(perSecond)}/s`
export const BELOW = (changes: number) => `${count(changes)} changed`
export const UNSEEN = 'changed since you looked'
const LOCKED = 'no READ permission'

/** What a screen reader hears after the name of a row. */
export interface RowFacts {
  readonly kind: 'ephemeral' | 'persistent' | null
  readonly sequential: boolean
  readonly children: number | null
  readonly bytes: number | null
  readonly below: number
  readonly unseen: boolean
  readonly locked: boolean
  /** The code of the error that kept its children from being read. */
  readonly problem: string | null
  readonly deleted: boolean
}

export function describeRow(facts: RowFacts): string {
  if (facts.deleted) return 'deleted'
  const words: string[] = []
  if (facts.kind !== null) words.push(facts.kind)
  if (facts.sequential) words.push('sequential by its name')
  if (facts.children !== null && facts.children > 0) words.push(plural(facts.children, 'child', 'children'))
  else if (facts.bytes !== null) words.push(formatBytes(facts.bytes))
  if (facts.locked) words.push(LOCKED)
  else if (facts.problem !== null) words.push(`children not read: ${facts.problem}`)
  if (facts.below > 0) words.push(`${BELOW(facts.below)} below`)
  if (facts.unseen) words.push(UNSEEN)
  return words.join(', ')
}

export const MENU = {
  open: 'Open',
  'open-in-new-tab': 'Open in a new tab',
  expand: 'Expand',
  collapse: 'Collapse',
  refresh: 'Read again',
  'copy-path': 'Copy path',
  'copy-link': 'Copy link',
  'create-child': 'Create child…',
  delete: 'Delete…',
} as const
export const MENU_LABEL = (path: string) => `What to do with ${path}`
export const ROOT_STAYS = 'ZooKeeper does not delete the root.'
