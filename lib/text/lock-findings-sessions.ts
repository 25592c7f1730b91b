import type { Facts, FindingWords } from './lock-finding-words'

const session = (f: Facts) => f.with('session', (id) => `session ${id}`, 'its session')
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
const expires = (f: Facts) =>
  f.span(
    'expiresInMs',
    (left) => `If it does not come back, the ensemble ends it within ${left} at most, and its znodes go.`,
    'If it does not come back, the ensemble ends it when its time-out is over, and its znodes go; only the leader could tell when.',
  )

/** Findings about clients: who holds, who waits, and whether they still can. */
export const SESSION_FINDINGS = {
  'no-holder': (f: Facts): FindingWords => ({
    title: f.by('Nobody holds it, and they wait', 'Most likely nobody holds it', 'It may be that nobody holds it'),
    sentence: `${f.count === 1 ? 'One contender waits' : `${f.count.toLocaleString('en')} contenders wait`}, none of them holds.${f.with(
      'blocker',
      (name) =>
        ` In this library’s order “${name}” stands before them, and it is no contender: nobody behind it ever gets the lock.`,
      ' That is normal for the moment of a hand-off; if it stays, the first in the queue was not woken, or a library that Zoolens reads wrongly is at work.',
    )}`,
    advice: f.with(
      'blocker',
      (name) => `Find out who made “${name}”. Once it is deleted, the first in the queue goes on.`,
      'Look at the first in the queue: is its client alive? Restarting that client makes it queue up again.',
    ),
  }),
  'ghost-holder': (f: Facts): FindingWords => ({
    title: 'Held by a client that is not connected',
    sentence: `${capital(session(f))}, which owns ${f.names}, has no connection to any server${f.span('goneMs', (t) => `, seen at several looks over ${t}`)}. ${expires(f)}`,
    advice:
      'Is that client paused (a long garbage collection), cut off, or dead? Deleting its znode lets the next one in at once; only do that when you are sure that it has stopped working.',
  }),
  'ghost-waiter': (f: Facts): FindingWords => ({
    title: 'Waiting without a connection',
    sentence: `${capital(session(f))}, which owns ${f.names}, has no connection to any server. Those behind it are not held up longer than its session lasts, unless it comes to hold. ${expires(f)}`,
    advice: 'Nothing, if it was just ended. If it should be alive, look at its host and its network.',
  }),
  'leftover-watch': (f: Facts): FindingWords => ({
    title: 'A watch that may be left over',
    sentence: `${capital(session(f))} watches ${f.names} and has no znode of its own here: it may have given up waiting (a time-out leaves the watch behind), or only look on. It is not counted as waiting.`,
    advice: 'Harmless by itself: the watch goes when that znode changes, or with the session.',
  }),
  'waiter-without-watch': (f: Facts): FindingWords => ({
    title: 'Waits, but nothing may wake it',
    sentence: `${capital(session(f))} waits with ${f.names}, and no server has a watch of it on a znode here${f.span('seenMs', (t) => `, at every look over ${t}`)}. It may have missed its turn and hang, be an attempt that was given up without deleting its znode, or wait by trying again.`,
    advice:
      'See what that client is doing (a thread dump). If it hangs, restarting it gives its place free; otherwise everybody behind it will wait when it comes first.',
  }),
  'possible-deadlock': (f: Facts): FindingWords => ({
    title: 'Possible deadlock',
    sentence: `${f.with('sessions', (ids) => `Sessions ${ids} wait`, 'Sessions wait')} for each other in a circle${f.with('paths', (paths) => ` over ${paths}`)}: each holds what another one waits for. Only possible, because threads cannot be seen: one thread of a client may hold while another one waits.`,
    advice:
      'Take a thread dump of these clients. To end a real deadlock, let one of them let go (restart it); to prevent it, have all take these locks in the same order.',
  }),
  'upgrade-never': (f: Facts): FindingWords => ({
    title: f.by(
      'Waits for its own read lock',
      'Most likely waits for its own read lock',
      'May be waiting for its own read lock',
    ),
    sentence: `${capital(session(f))} wants to write with ${f.names} while it holds a read lock here itself. A read lock cannot be turned into a write lock: ${f.by('this never ends', 'this most likely never ends', 'if the same thread holds both, this never ends')}, and everybody behind it waits too.`,
    advice:
      'Restart that client. In its code, release the read lock before asking for the write lock, or take the write lock first.',
  }),
  'double-hold': (f: Facts): FindingWords => ({
    title: f.by('Held by more than one', 'Most likely held by more than one', 'May be held by more than one'),
    sentence: `${f.names} ${f.by('hold', 'most likely hold', 'may hold')} an exclusive lock at the same time${f.with('session', (id) => `, all of session ${id}`)}: what it protects ${f.by('is not', 'is most likely not', 'may not be')} protected.`,
    advice:
      'Treat what it protects as possibly changed by two at once. Then see why: two libraries or versions on one path, equal sequence numbers, or a read lock kept through a downgrade (Curator before 5.5.0).',
  }),
  'long-hold': (f: Facts): FindingWords => ({
    title: 'Held longer than usual',
    sentence: `${f.names} has held for ${f.span('heldMs', (t) => t, 'long')}${f.span('p95Ms', (usual) => `; 95 of 100 turns${f.number('samples', (n) => ` (of ${n} seen)`)} took no longer than ${usual}`)}.`,
    advice: 'See what that client is doing. It may be busy with more than usual, slow, or stuck.',
  }),
  'revoked-held': (f: Facts): FindingWords => ({
    title: 'Asked to release, still there',
    sentence: `Somebody has written “__REVOKE__” into ${f.names}${f.span('askedMs', (t) => ` ${t} ago`)}, and it still is there.${f.with(
      'revocable',
      () => ' Its owner listens for that, and decides itself when to release.',
      ' No server tells that its owner listens for that: a lock that was not made revocable only loses its data.',
    )}`,
    advice: 'Give its owner time to finish. If it does not react, its client must be told another way.',
  }),
  orphan: (f: Facts): FindingWords => ({
    title: f.by(
      'Left behind by its client',
      'Most likely left behind by its client',
      'May be left behind by its client',
    ),
    sentence: `${f.names} ${f.by('is', 'most likely is', 'may be')} what an attempt to take the lock has left: the call failed${f.with('session', (id) => ` in session ${id}`)}, its znode stays until the session ends, and those behind it wait.`,
    advice: 'Restart that client: its session ends, and the znode goes. Deleting the znode does the same at once.',
  }),
} as const
