import type { Facts, FindingWords } from './lock-finding-words'

/** Findings about the znodes themselves: names, numbers, and what does not belong there. */
export const ZNODE_FINDINGS = {
  'foreign-blocks': (f: Facts): FindingWords => ({
    title: f.by(
      'A foreign znode blocks the queue',
      'A foreign znode most likely blocks the queue',
      'A foreign znode may block the queue',
    ),
    sentence: `${f.names} ${f.verb('is no contender, but has', 'are no contenders, but have')} a place in the order: this library sorts every child, whoever made it. Whoever comes behind ${f.by('waits', 'most likely waits', 'may wait')} for a release that never happens.`,
    advice: `Find out who made ${f.verb('it', 'them')}, then delete ${f.verb('it', 'them')} or put ${f.verb('it', 'them')} elsewhere. Nothing but contenders belongs into this directory.`,
  }),
  'foreign-breaks': (f: Facts): FindingWords => ({
    title: f.by(
      'A foreign znode makes clients fail',
      'A foreign znode most likely makes clients fail',
      'A foreign znode may make clients fail',
    ),
    sentence: `Clients of ${f.with('library', (name) => name, 'this library')} cannot read the name of ${f.names}: ${f.by('every attempt to take the lock fails', 'attempts to take the lock most likely fail', 'attempts to take the lock may fail')} while ${f.verb('it is', 'they are')} there, and some leave their own znode behind.`,
    advice: `Delete ${f.verb('it', 'them')} or put ${f.verb('it', 'them')} elsewhere, then look for contenders whose client has given up.`,
  }),
  'persistent-contender': (f: Facts): FindingWords => ({
    title: 'Never expires',
    sentence: `${f.names} ${f.verb('is', 'are')} persistent, or a container or TTL znode (servers hide which): no session owns ${f.verb('it', 'them')}, so ${f.verb('it does', 'they do')} not go when the client dies. If the owner is gone, the place is taken for good.`,
    advice: `Find out whether the owner still works; nobody here can tell. If it does not, delete ${f.verb('it', 'them')}. kazoo’s acquire(ephemeral=False) makes such.`,
  }),
  'duplicate-sequence': (f: Facts): FindingWords => ({
    title: 'Two contenders with one number',
    sentence: `${f.names} have the same sequence number, so their order is not defined: libraries that compare numbers alone ${f.by('let', 'most likely let', 'may let')} more than one in, or order them as each client happens to see them.`,
    advice: 'Let all contenders leave, delete the directory, and let them begin again: a new directory counts from 0.',
  }),
  'sequence-overflow': (f: Facts): FindingWords => ({
    title: 'The sequence numbers are used up',
    sentence: `The counter of this directory ${f.by('has reached', 'has most likely reached', 'may have reached')} 2147483647. Since ZooKeeper 3.6 every later contender gets that same number, before it numbers turned negative: either way first come is no longer first served.`,
    advice: 'Stop the clients, delete the directory, and start them again: a new directory counts from 0.',
  }),
  'sequence-ends-soon': (f: Facts): FindingWords => ({
    title: 'The sequence numbers end soon',
    sentence: `${f.number('left', (n) => `Only ${n} numbers are left`, 'Few numbers are left')} in this directory. When they are used up, the order of those who wait breaks.`,
    advice: 'Plan a quiet moment to delete the directory while nobody is in it: a new one counts from 0.',
  }),
  herd: (f: Facts): FindingWords => ({
    title: f.by('One change wakes many', 'One change most likely wakes many', 'One change may wake many'),
    sentence: `${f.number('watchers', (n) => `${n} clients`, 'Many clients')} ${f.by('watch', 'by the library’s rule watch', 'may watch')} ${f.names}: when it changes, all are told at once and all read again, though mostly only one can go on.`,
    advice:
      'Usual for this recipe while it is small. If releases cause peaks of load, use a recipe in which each waits for the one before it.',
  }),
  'mixed-libraries': (f: Facts): FindingWords => ({
    title: 'More than one library in this directory',
    sentence: `Contenders of ${f.with('libraries', (names) => names, 'different libraries')} are in one directory. ${
      f.count === 0
        ? 'They take each other’s znodes for their own, so one at a time holds; another version, or another setting, may see it differently.'
        : `They do not see each other by the same rules, so two ${f.by('can hold', 'can most likely hold', 'may hold')} at once.`
    }`,
    advice: 'Give each library a path of its own, or let all use one.',
  }),
  'order-differs': (f: Facts): FindingWords => ({
    title: 'Not in the order of arrival',
    sentence: `${f.names} ${f.verb('stands', 'stand')} elsewhere in the library’s order than by the time of ${f.verb('its', 'their')} creation: somebody who came later goes first.`,
    advice:
      'Expected where a library lets somebody join at the head. Otherwise look for names that were made by hand, or a counter at its end.',
  }),
  'not-assigned': (f: Facts): FindingWords => ({
    title: 'A number that no server gave',
    sentence: `The number in the name of ${f.names} was not given by the server: it is beyond the directory’s counter${f.number('next', (n) => `, which gives ${n} next`)}. Where it stands in the order says nothing about when it came.`,
    advice: 'Find out who makes znodes here by name. Sequence numbers are only right when the server gives them.',
  }),
  'locked-for-ever': (f: Facts): FindingWords => ({
    title: f.by(
      'Locked until somebody frees it',
      'Most likely locked until somebody frees it',
      'May be locked until somebody frees it',
    ),
    sentence: f.with(
      'barrier',
      (path) =>
        `The barrier ${path} still stands, and nobody who would lift it takes part: whoever comes ${f.by('waits', 'most likely waits', 'may wait')} there for ever.`,
      `The data of ${f.names} should say until when it is locked, and does not in a way that its library can read: ${f.by('it counts', 'it most likely counts', 'it may count')} as locked, and no time ends that.`,
    ),
    advice: f.with(
      'barrier',
      () => 'Make sure that nobody relies on it any more, then delete that znode.',
      'Make sure that the job does not run, then delete the znode: its library makes it anew.',
    ),
  }),
  unfenced: (f: Facts): FindingWords => ({
    title: f.by(
      'The former active was not fenced',
      'The former active was most likely not fenced',
      'The former active may not be fenced',
    ),
    sentence: `${f.names} names a node that was active before and did not leave in order${f.with('lock', (state) => (state === 'missing' ? '; nobody holds the lock now' : '; another one holds the lock now'))}. Until it is fenced, ${f.by('it can', 'it most likely can', 'it may')} still write as if it were active.`,
    advice: 'See in the log of the fail-over controller why fencing failed, and make sure that the old node is down.',
  }),
} as const
