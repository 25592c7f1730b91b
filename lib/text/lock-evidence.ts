import type { EvidenceView, MissingWhy, Told } from '@/lib/queries/lock-responses'

export const TOLD_WORDS: Readonly<Record<'watches' | 'connections', Readonly<Record<Told, string>>>> = {
  watches: {
    'by every server': 'Every server tells who watches which znode: an arrow marked so is proven.',
    'by some servers':
      'Only some servers tell who watches which znode: an arrow that is not proven may still be right.',
    'by none': 'No server tells who watches which znode: who waits for whom follows from the library’s rules alone.',
  },
  connections: {
    'by every server': 'Every server tells its connections: a session in none of them is not connected.',
    'by some servers':
      'Only some servers tell their connections: whether the other sessions are connected is not known.',
    'by none': 'No server tells its connections: addresses are what the clients wrote into their znodes, if they did.',
  },
}

/** Which setting would show it. */
export const MISSING_SETTING: Readonly<Record<MissingWhy, string>> = {
  'not whitelisted':
    'this four-letter word is not allowed. Set 4lw.commands.whitelist=cons,dump,wchp,conf,mntr in zoo.cfg (with what is there already) and restart the server, or give Zoolens its AdminServer.',
  'admin server off':
    'its AdminServer does not answer. Set admin.enableServer=true in zoo.cfg, and name its URL under adminServers of this ensemble in ZOOLENS_CONFIG; or allow 4lw.commands.whitelist=cons,dump,wchp,conf,mntr.',
  'not asked':
    'Zoolens was not told that it may ask. Allow four-letter words with fourLetterWords, or name its AdminServer in adminServers, in ZOOLENS_CONFIG.',
  unreachable: 'it could not be reached. It may be down, or a firewall is in between.',
  forbidden: 'its AdminServer wants a log-in that Zoolens does not have, or refused it.',
  'too large': 'its answer is larger than Zoolens reads at once, so nothing of it is used.',
  'not serving': 'it serves nobody at the moment: it has no quorum, or is about to find one.',
  cut: 'its answer ended in the middle, or a part of it could not be understood: it is not taken for all.',
  'other port':
    'its clients may be on a second port (plain and TLS), of which only one is told. Name its AdminServer in adminServers: it tells both; or allow conf in 4lw.commands.whitelist, where it says that there is but one.',
  'unknown servers':
    'nothing tells how many servers this ensemble has. Name all of them, observers too, in the connect string, and allow conf and mntr in 4lw.commands.whitelist: the leader counts them.',
}

const WHAT = { watches: 'watches', connections: 'connections' } as const

/** One line for each server and thing that is missing: "zk1:2181, watches: this four-letter word is not allowed. …". */
export function missingInWords({ missing }: EvidenceView): string[] {
  return missing.map(
    ({ server, what, why }) => `${server === '' ? 'The ensemble' : server}, ${WHAT[what]}: ${MISSING_SETTING[why]}`,
  )
}
