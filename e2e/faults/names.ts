import dns from 'node:dns'

/** Names that only this process knows, in place of a DNS server: nobody may change this machine's names without privileges. */
const known = new Map<string, string>()

type Lookup = typeof dns.lookup

/** From now on these names have these addresses. */
export function setNames(addresses: Readonly<Record<string, string>>): void {
  for (const [name, address] of Object.entries(addresses)) known.set(name, address)
}

/** Puts the names before those of the system, for whoever asks node:dns. */
export function installNames(): void {
  const { lookup } = dns
  const ask = dns.promises.lookup
  dns.lookup = ((name: string, options: dns.LookupAllOptions, callback: (...results: unknown[]) => void) => {
    const address = known.get(name)
    if (address === undefined) (lookup as (...given: unknown[]) => void)(name, options, callback)
    else process.nextTick(callback, null, [{ address, family: 4 }])
  }) as unknown as Lookup
  dns.promises.lookup = ((name: string, options: dns.LookupAllOptions) => {
    const address = known.get(name)
    return address === undefined ? ask(name, options) : Promise.resolve([{ address, family: 4 }])
  }) as typeof dns.promises.lookup
}
