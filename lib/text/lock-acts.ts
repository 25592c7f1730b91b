import type { RecipeKind } from '@/lib/recipes/recipe'
import { formatInteger } from '@/lib/znode/bytes'

/** What can be done with one who takes part in a lock. */

export const ACTS_LABEL = (name: string) => `What to do with ${name}`
export const ACTS = {
  znode: 'Open znode',
  session: 'Its session',
  copyPath: 'Copy path',
  copyCommands: 'Copy as zkCli commands',
  copyLink: 'Copy link to it here',
  release: 'Ask to release…',
  delete: 'Delete znode…',
} as const

export const COPIED_PATH = 'Path copied'
export const COPIED_LINK = 'Link copied'
export const COPIED_COMMANDS = 'Commands for zkCli copied'
export const COPY_COMMAND = 'Copy as zkCli command'
export const NO_COMMANDS_TITLE = 'zkCli cannot say this path'
export const NO_COMMANDS =
  'It has a blank and both kinds of quotes, and zkCli’s shell has no escapes. Give it to zkCli.sh as an argument of its own instead.'
export const BANG_WORDS =
  'The path has an exclamation mark: zkCli’s interactive shell may take it for a command of before. Then give the command to zkCli.sh as arguments.'

// Who it is
export const FACTS = {
  client: 'Client',
  claims: 'Claims',
  session: 'Session',
  since: 'Since',
  state: 'State',
} as const
export const NO_SESSION = 'none: the znode is persistent'
export const CLIENT_NOT_TOLD = 'no server tells its address'
export const CLIENT_AT = (client: string, server: string | null) =>
  server === null ? client : `${client}, connected to ${server}`
export const NOT_CONNECTED = 'not connected to any server'
export const QUEUED = (ago: string) => `its znode was made ${ago}`
export const HELD = (ago: string) => `got it ${ago}, seen`
export const SINCE_UNKNOWN = 'not known'

// Ask to release
export const RELEASE_TITLE = 'Ask it to release?'
export const RELEASE_WORDS =
  'Zoolens writes “__REVOKE__” into its znode, as Curator’s Revoker does. Its client listens for that (a server tells that it watches its own znode), and decides itself whether and when it releases: this forces nothing.'
export const RELEASE_WAITS =
  'It does not hold the lock yet. Its client is told all the same, and may leave the queue or ignore it.'
export const ASKED_ALREADY = 'It was asked before and still is there. Asking again tells its client again.'
export const NOT_REVOCABLE_NOW =
  'It no longer looks revocable: no server tells that its client watches its own znode, so that asking would only destroy its data.'
export const RELEASE = 'Ask to release'
export const RELEASING = 'Asking…'
export const ASKED = (path: string) => `Asked to release ${path}`
export const RELEASE_UNKNOWN = (asked: boolean) =>
  asked
    ? 'The answer was lost, but the znode holds the request: it was asked.'
    : 'The answer was lost; by now the znode does not hold the request. It may still arrive, but only if nobody changes the znode before.'
export const CHANGED_SINCE =
  'It has changed since this question was asked; what is shown now is new. Nothing was written.'

// Delete
export const DELETE_TITLE = 'Delete the znode of this contender?'
export const DELETE = 'Delete'
export const DELETING = 'Deleting…'
export const DELETED = (path: string) => `Deleted ${path}`
export const DELETE_UNKNOWN = (exists: boolean) =>
  exists
    ? 'The answer was lost, and the znode is still there. The delete may still arrive, but only if nobody changes the znode before.'
    : 'The answer was lost, but the znode is gone.'
export const RECREATED_SINCE =
  'Under this path there is another znode now than the one that was shown: nothing is deleted.'
export const GONE = 'It is gone already: it has left, or its session has ended.'
export const WITH_CHILDREN = (count: number) =>
  `It has ${count === 1 ? 'a child' : `${formatInteger(count)} children`}: ZooKeeper deletes only znodes without children.`

/** What deleting the znode of one who holds does. Careful: what a client does next is its library's own affair. */
export const DELETE_HOLDER: Readonly<Partial<Record<RecipeKind, string>>> = {
  election:
    'Its client is not told that it lost the election, unless it watches its own znode: two may believe that they lead.',
  membership: 'Its client is not told: it goes on working while the others count it out.',
  'service-discovery': 'Its client is not told: it goes on serving while the others no longer find it.',
}
export const DELETE_HOLDER_ELSE =
  'Its client is not told that it lost the lock, unless it watches its own znode: two may believe that they hold it. Better make the client release it, or end the client.'
export const DELETE_WAITER =
  'Its client is not told that it left the queue: depending on its library it fails when its turn comes, or waits for ever.'
export const DELETE_PRESENT = 'Whoever made it is not told.'
export const NEXT_ONE = (name: string) => `${name} waits for it, is told at once, and gets the lock if it is its turn.`
export const NEXT_MANY = (names: readonly string[], more: number) =>
  `${names.join(', ')}${more > 0 ? ` and ${formatInteger(more)} more` : ''} wait for it and are told at once.`
export const NEXT_ALL = 'All who watch the list of children are told at once, and look whether it is their turn.'
export const NEXT_NOBODY = 'Nobody that is known waits for it.'
export const SESSION_STAYS = 'Its session and all else that the session owns stay as they are.'
