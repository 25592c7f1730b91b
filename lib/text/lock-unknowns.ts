import type { Unknowable } from '@/lib/recipes/recipe'

/** What nobody can know from outside, and why. */
export const UNKNOWABLE_WORDS: Readonly<Record<Unknowable, string>> = {
  'max-leases': 'How many may hold: only the clients know, it is written nowhere in ZooKeeper.',
  'member-quantity': 'How many the barrier waits for: only the clients know, it is written nowhere in ZooKeeper.',
  reentrancy:
    'How often the holder has taken it: it may take it again, and must then release it as often. That is counted in its memory.',
  threads: 'Which thread of a client holds or waits: ZooKeeper knows sessions, and a session is a whole client.',
  'lock-or-write-lock':
    'Whether it is kazoo’s Lock or WriteLock: both have the same name, but a Lock does not wait for readers. A watch would tell.',
  'child-watch':
    'Whether those who wait are really listening: they watch the list of children, and no server tells such watches.',
  owner: 'Whose it is: it is persistent, and no session owns it.',
  'pending-lease': 'Which of the leases is not granted yet: the newest one may still be waiting for a permit.',
  'nested-read': 'Whether a reader that seems to wait holds the write lock as well, and with it the read lock.',
  'waits-or-looks': 'Whether those who watch it wait for it or only look at it: a watch does not say what for.',
  pollers: 'Who else wants it: clients that try again from time to time leave no trace in between.',
}
