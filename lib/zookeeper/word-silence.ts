import type { WhySilent } from './told'

/** Why the answer to a four-letter word is none, as the server says; null when it is one. Source: FourLetterCommands. */
export function whySilent(word: string, answer: string): WhySilent | null {
  if (answer.startsWith(`${word} is not executed because it is not in the whitelist.`)) return 'not whitelisted'
  if (answer.startsWith('This ZooKeeper instance is not currently serving requests')) return 'not serving'
  // What a server does with a word that it does not know, a proxy without a server, or a port that speaks TLS.
  return answer === '' ? 'cut' : null
}
