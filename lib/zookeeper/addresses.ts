import dns, { type LookupAddress } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { formatServer, type Server } from './connect-string'
import { shuffle } from './shuffle'

/**
 * The addresses behind the servers' names. They are looked up again for every attempt, because the servers of a cluster
 * that is scheduled anew come back under other addresses, and each attempt goes to one that has not been tried yet.
 */
export class Addresses {
  readonly #counts = new Map<string, number>()
  readonly #tried = new Map<string, Set<string>>()

  constructor(private readonly servers: readonly Server[]) {}

  /** How many attempts it takes to try every address once, as far as known. */
  get count(): number {
    return this.servers.reduce((sum, server) => sum + (this.#counts.get(formatServer(server)) ?? 1), 0)
  }

  /** A lookup for one attempt; `chosen` is told the address before it is used. */
  lookup(server: Server, chosen: (address: string) => void): LookupFunction {
    return (host, options, callback) => {
      dns.lookup(host, { ...options, all: true }, (error, found) => {
        const choice = error === null ? this.#choose(formatServer(server), found) : undefined
        if (choice === undefined) {
          callback(error ?? Object.assign(new Error(`no address for ${host}`), { code: 'ENOTFOUND' }), '')
          return
        }
        chosen(choice.address)
        callback(null, choice.address, choice.family)
      })
    }
  }

  #choose(name: string, found: readonly LookupAddress[]): LookupAddress | undefined {
    this.#counts.set(name, found.length)
    let tried = this.#tried.get(name)
    if (tried === undefined || found.every(({ address }) => tried?.has(address))) {
      tried = new Set()
      this.#tried.set(name, tried)
    }
    const choice = inOrder(found).find(({ address }) => !tried.has(address))
    if (choice !== undefined) tried.add(choice.address)
    return choice
  }
}

/** The server at each of its addresses; rejects with the system's error when its name is not known. */
export async function atEachAddress(server: Server): Promise<Server[]> {
  if (isIP(server.host) !== 0) return [server]
  const found = await dns.promises.lookup(server.host, { all: true })
  return found.map(({ address }) => ({ ...server, address }))
}

/**
 * By chance, as ZooKeeper's own clients do (StaticHostProvider), so that no server gets everybody; but within a family:
 * the system puts first the one by which this machine reaches the other (RFC 6724).
 */
function inOrder(found: readonly LookupAddress[]): LookupAddress[] {
  const preferred = found[0]?.family
  const [near, far] = [true, false].map((same) => found.filter(({ family }) => (family === preferred) === same))
  return [near, far].flatMap((addresses = []) => {
    const [first, ...others] = addresses
    return first === undefined ? [] : shuffle([first, ...others])
  })
}
