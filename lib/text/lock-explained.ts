import type { LockView } from '@/lib/queries/lock-responses'
import { CHILDREN, type RecipeKind } from '@/lib/recipes/recipe'
import { BY_LIBRARY } from './lock-explained-libraries'
import { inSentence } from './lock-names'

/** How a recipe works, told with the names that are on the screen. */
export interface Explained {
  /** Two to four short sentences. */
  readonly how: readonly string[]
  /** What usually goes wrong with it. */
  readonly wrong: string
}

/** Who is there now, as a sentence calls him; '' where there is none. */
export interface Cast {
  readonly holder: string
  readonly waiter: string
  /** What the waiter watches. */
  readonly watched: string
  /** How many may hold, in digits; '' when nobody here knows. */
  readonly permits: string
}

export type Explain = (cast: Cast) => Explained

export function explain({ kind, library, contenders, permits }: LockShown): Explained {
  const holder = contenders.find(({ state }) => state === 'holds')
  const waiter = contenders.find(({ state }) => state === 'waits')
  const on = waiter?.waitsOn[0]?.on
  const cast = {
    holder: holder === undefined ? '' : inSentence(holder.name),
    waiter: waiter === undefined ? '' : inSentence(waiter.name),
    watched: on === undefined || on === CHILDREN ? '' : inSentence(on),
    permits: permits === null ? '' : permits.toLocaleString('en'),
  }
  return (BY_LIBRARY.get(library) ?? BY_KIND[kind])(cast)
}

type LockShown = Pick<LockView, 'kind' | 'library' | 'permits'> & {
  readonly contenders: readonly Pick<LockView['contenders'][number], 'name' | 'state' | 'waitsOn'>[]
}

/** "Now …0042 holds." */
const now = (who: string, words: string) => (who === '' ? [] : [`Now ${who} ${words}.`])
const watches = ({ waiter, watched }: Cast) =>
  waiter === '' || watched === '' ? [] : [`Now ${waiter} waits for ${watched} to go.`]

const BY_KIND: Readonly<Record<RecipeKind, Explain>> = {
  mutex: (cast) => ({
    how: [
      'Whoever wants the lock makes an ephemeral znode with a sequence number here. The lowest number holds it.',
      ...now(cast.holder, 'has the lowest number'),
      'Each of the others watches only the one before it, so that a release wakes one client and not all.',
      ...watches(cast),
    ],
    wrong:
      'A client that is paused longer than its session’s time-out loses the lock without noticing and may work on. Use the sequence number or the czxid as a fencing token where that would do harm.',
  }),
  'read-write-lock': (cast) => ({
    how: [
      'Readers and writers queue in one line of sequence numbers. A reader may go in when no writer is before it, a writer when nobody is.',
      ...now(cast.holder, 'is in'),
      ...watches(cast),
    ],
    wrong:
      'A reader that wants to become a writer waits for itself, for ever. One slow reader holds up every writer, and all readers behind that writer.',
  }),
  semaphore: (cast) => ({
    how: [
      `Up to ${cast.permits === '' ? 'a number of clients that only the clients know' : `${cast.permits} clients`} hold a permit at the same time; each is an ephemeral znode.`,
      'The others wait until a permit is given back or its session ends.',
      ...now(cast.holder, 'has a permit'),
      ...watches(cast),
    ],
    wrong:
      'Clients that do not agree on the number of permits let in too many or too few. A client that forgets to give its permit back keeps it as long as its session lives.',
  }),
  election: (cast) => ({
    how: [
      'Every candidate makes an ephemeral znode with a sequence number; the lowest leads.',
      ...now(cast.holder, 'leads'),
      'When the leader leaves, or its session ends, the next one takes over. That can take as long as its session’s time-out.',
      ...watches(cast),
    ],
    wrong:
      'A leader that is cut off still believes to lead until it learns that its session has ended. Between two leaders there is a time with none.',
  }),
  'single-lock': (cast) => ({
    how: [
      'One ephemeral znode is the lock: whoever succeeds in creating it holds it, all others fail.',
      ...(cast.holder === '' ? [] : ['Now it exists, so somebody holds it.']),
      'The others watch it or try again from time to time; when it goes, whoever is fastest gets it.',
    ],
    wrong: 'There is no order, so one client may wait for very long. Many that watch it are all woken by one release.',
  }),
  'timed-lock': () => ({
    how: [
      'The znode stays; its data says until when it is locked. After that time anybody may take it.',
      'To release early, the holder writes an earlier time.',
    ],
    wrong:
      'The clocks of the clients must agree. A job that runs longer than the time it asked for runs twice. Data that cannot be read locks it until somebody deletes the znode.',
  }),
  'item-locks': (cast) => ({
    how: [
      'Each znode is a lock of its own, on the item that it is named after. Nobody waits here: whose create fails goes on to another item.',
      ...now(cast.holder, 'is locked'),
    ],
    wrong: 'It looks like a queue and is none: a high number does not mean that anything waits.',
  }),
  barrier: () => ({
    how: ['While the znode exists, everybody who comes waits. Whoever deletes it lets all of them go at once.'],
    wrong: 'It is persistent: if the one who should delete it dies, it stays closed.',
  }),
  'double-barrier': () => ({
    how: [
      'Everybody makes an ephemeral znode. The one who makes the number complete creates “ready”, and all begin together.',
      'At the end each deletes its own, and all leave when the last is gone.',
    ],
    wrong: 'A crash can leave “ready” behind: the next round then begins before everybody is there.',
  }),
  queue: (cast) => ({
    how: [
      'Producers create znodes with a sequence number; the item with the lowest goes first.',
      ...now(cast.holder, 'is being worked on'),
      'A consumer deletes the item it takes. If two want the same one, the delete decides.',
    ],
    wrong:
      'Items are persistent: with no consumer it grows until the list of children no longer fits into one answer (jute.maxbuffer, 1 MB). ZooKeeper is not made for long queues.',
  }),
  membership: (cast) => ({
    how: [
      'Each member keeps an ephemeral znode here. When its session ends, so does its membership.',
      ...now(cast.holder, 'is a member'),
    ],
    wrong:
      'A member that dies is listed until its session’s time-out is over. One that is paused for longer is thrown out though it lives.',
  }),
  'service-discovery': (cast) => ({
    how: [
      'Each instance of the service registers with a znode whose data says its address and port. Clients read and watch the list.',
      ...now(cast.holder, 'is registered'),
    ],
    wrong:
      'An instance that dies is listed until its session’s time-out is over. Static ones are persistent and stay for good.',
  }),
  counter: () => ({
    how: [
      'The data is the number. Whoever changes it writes with the version that it has read; of two at once one must try again.',
    ],
    wrong:
      'Under contention most writes fail and are tried again. Bytes that are no number of the right length break every client.',
  }),
  value: () => ({
    how: ['The data is a value that all clients share. They watch it and read it again when it changes.'],
    wrong: 'Changes that follow each other fast are seen as one: nobody is told of every value in between.',
  }),
  'id-generator': () => ({
    how: [
      'A client creates a sequential znode and uses the number that the server gave it; the znode itself is not needed any more.',
    ],
    wrong:
      'The numbers end at 2147483647, and begin again at 0 when the directory is deleted. Znodes that are never deleted pile up.',
  }),
  assignment: () => ({
    how: [
      'One leader writes who does what; each worker watches its own part, or takes the lock of each item it works on.',
    ],
    wrong: 'While members come and go, work may be done by nobody, or by two for a moment.',
  }),
  notifications: () => ({
    how: ['Each znode is a message with a number. Nobody waits for it; a coordinator reads it and deletes it.'],
    wrong: 'If nobody reads them, they pile up.',
  }),
  sequence: (cast) => ({
    how: [
      'Ephemeral znodes with sequence numbers, made by no library that Zoolens knows. First come, first served is assumed.',
      ...now(cast.holder, 'has the lowest number'),
      ...watches(cast),
    ],
    wrong: 'Who really holds, only its program knows.',
  }),
  none: () => ({
    how: ['Nothing here looks like the work of a library that coordinates with ZooKeeper.'],
    wrong: 'It may still be one of your own.',
  }),
}
