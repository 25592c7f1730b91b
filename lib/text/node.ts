import { formatInteger as count } from '@/lib/znode/bytes'

/** The sentences of the node workspace. */

export const TABS = { data: 'Data', stat: 'Stat', acl: 'ACL', children: 'Children' } as const
export const WORKSPACE_TABS = 'About this znode'
export const PATH_LABEL = 'Path'
export const openAncestor = (path: string) => `Open ${path}`
export const COPY_PATH = 'Copy path'
export const READING = 'Reading…'
/** age null: ZooKeeper keeps no time for the root. */
export const versionAndAge = (version: number, age: string | null) =>
  age === null ? `version ${count(version)}` : `version ${count(version)} · changed ${age}`
export const READ_AGAIN = 'Read again'
export const OPEN_PARENT = 'Open the parent'
export const GONE_TITLE = 'Deleted'
export const GONE_WORDS = 'This znode no longer exists. What you see is the last state that was read.'
export const STALE_TITLE = 'Not current'
export const STALE_WORDS = 'It cannot be read right now. What you see is the last state that was read.'
export const unsavedElsewhere = (n: number) => (n === 1 ? '1 unsaved edit' : `${count(n)} unsaved edits`)
export const UNSAVED_MENU = 'Go to an unsaved edit'

// Stat
export const STAT_TITLE = 'Stat'
export const copyField = (field: string) => `Copy ${field}`
export const FIELD_NAMES = {
  czxid: 'Created by',
  mzxid: 'Data changed by',
  pzxid: 'Children changed by',
  ctime: 'Created at',
  mtime: 'Data changed at',
  version: 'Data version',
  cversion: 'Children version',
  aversion: 'ACL version',
  ephemeralOwner: 'Owner',
  dataLength: 'Data length',
  numChildren: 'Children',
} as const
export const NEXT_SEQUENCE = 'Next sequence'
const changes = (n: number, what: string) =>
  n === 0 ? `${what} was never changed` : `${what} changed ${n === 1 ? 'once' : `${count(n)} times`}`
export const versionWords = (version: number) => changes(version, 'data')
export const cversionWords = (cversion: number) =>
  cversion === 0 ? 'no child was ever created' : `${count(cversion)} creates and deletes of children`
export const aversionWords = (aversion: number) => changes(aversion, 'the ACL')
export const childrenWords = (n: number) => (n === 0 ? 'a leaf' : n === 1 ? 'one child' : `${count(n)} children`)
export const NEVER_FOR_EPHEMERAL = 'an ephemeral znode cannot have children'

// Children
export const CHILDREN_LABEL = 'Children'
export const COLUMNS = {
  name: 'Name',
  kind: 'Kind',
  size: 'Size',
  children: 'Children',
  version: 'Version',
  modified: 'Changed',
} as const
export const FILTER = 'Filter the names'
export const SORT = 'Sort'
export const SORTS = { name: 'By name', sequence: 'By sequence' } as const
export const childCount = (total: number, unfiltered: number) =>
  total === unfiltered ? `${count(total)} children` : `${count(total)} of ${count(unfiltered)} children match`
export const NO_CHILDREN = 'No children.'
export const NO_MATCH = 'No child’s name has this in it.'
export const CHILD_GONE = 'deleted'

// Create
export const createTitle = (parent: string) => `New child of ${parent}`
export const NAME = 'Name'
export const NAME_HINT = 'Any character but a slash and control characters.'
export const INITIAL_DATA = 'Data'
export const INITIAL_DATA_HINT = 'As UTF-8. Left empty the znode holds empty data (0 bytes).'
export const NULL_DATA = 'No data at all (null) instead'
export const CREATE_WORDS = 'A persistent znode, open to everybody (world:anyone may do everything).'
export const CREATE = 'Create'
export const CREATING = 'Creating…'
export const created = (path: string) => `Created ${path}`
export const outcomeUnknownCreate = (exists: boolean) =>
  exists
    ? 'The answer was lost, but the znode exists now. Open it to see whether it is yours.'
    : 'The answer was lost, and the znode does not exist so far. Creating it again cannot make two of it.'
export const OPEN_IT = 'Open it'

// Delete
export const DELETE_TITLE = 'Delete this znode?'
export const deleteFacts = (version: number, size: string) => `version ${count(version)}, ${size}`
export const DELETE_WORDS = 'It cannot be brought back with the same history: a new one starts at version 0.'
export const hasChildren = (n: number) =>
  `It has ${n === 1 ? 'a child' : `${count(n)} children`}. ZooKeeper deletes only znodes without children: delete ${n === 1 ? 'that' : 'those'} first.`
export const DELETE_EPHEMERAL =
  'It is ephemeral: a live session owns it, and its owner will not expect it to be gone. Deleting a lock contender lets somebody else in.'
export const THE_ROOT = 'The root cannot be deleted.'
export const DELETE = 'Delete'
export const DELETING = 'Deleting…'
export const deleted = (path: string) => `Deleted ${path}`
export const outcomeUnknownDelete = (exists: boolean) =>
  exists
    ? 'The answer was lost, and the znode is still there.'
    : 'The answer was lost, but the znode is gone: it was deleted.'
export const CHANGED_SINCE =
  'It has changed since this question was asked; the facts above are the new ones. Nothing was deleted.'
