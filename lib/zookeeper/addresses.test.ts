import dns, { type LookupAddress } from 'node:dns'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { Addresses, atEachAddress } from './addresses'
import { Attempts } from './attempts'
import type { Server } from './connect-string'

const ZK: Server = { host: 'zk.test', port: 2181 }
const four = (...addresses: string[]): LookupAddress[] => addresses.map((address) => ({ address, family: 4 }))

afterEach(() => void vi.restoreAllMocks())

/** What the DNS says, until it says something else. */
function resolveTo(answer: { current: LookupAddress[] | string }) {
  const lookup = (_host: string, _options: unknown, callback: (error: Error | null, found: unknown) => void) => {
    const { current } = answer
    if (typeof current === 'string') callback(Object.assign(new Error(current), { code: current }), undefined)
    else callback(null, current)
  }
  return vi.spyOn(dns, 'lookup').mockImplementation(lookup as unknown as typeof dns.lookup)
}

function next(addresses: Addresses): Promise<string> {
  return new Promise((resolve, reject) => {
    const chosen = vi.fn()
    addresses.lookup(ZK, chosen)('zk.test', {}, (error, address) => {
      if (error !== null) return reject(error)
      expect(chosen.mock.calls).toEqual([[address]])
      resolve(String(address))
    })
  })
}

describe('Addresses', () => {
  it('looks a name up again at every attempt, and uses what it says now', async () => {
    const dnsSays = { current: four('10.0.0.1') }
    const spy = resolveTo(dnsSays)
    const addresses = new Addresses([ZK])
    expect(await next(addresses)).toBe('10.0.0.1')
    dnsSays.current = four('10.0.0.2')
    expect(await next(addresses)).toBe('10.0.0.2')
    expect(spy).toHaveBeenCalledTimes(2)
  })

  it('tries every address of a name once before any a second time', async () => {
    const all = ['10.0.0.1', '10.0.0.2', '10.0.0.3']
    resolveTo({ current: four(...all) })
    const addresses = new Addresses([ZK])
    const tried: string[] = []
    for (let attempt = 0; attempt < 6; attempt++) tried.push(await next(addresses))
    expect(tried.slice(0, 3).sort()).toEqual(all)
    expect(tried.slice(3).sort()).toEqual(all)
    expect(addresses.count).toBe(3)
  })

  it('begins with the family that the system puts first', async () => {
    resolveTo({ current: [{ address: 'fd00::1', family: 6 }, ...four('10.0.0.1', '10.0.0.2')] })
    for (let run = 0; run < 10; run++) expect(await next(new Addresses([ZK]))).toBe('fd00::1')
  })

  it('hands on what the system says of a name that is not known, and counts it as one', async () => {
    resolveTo({ current: 'ENOTFOUND' })
    const addresses = new Addresses([ZK, { host: '127.0.0.1', port: 1 }])
    await expect(next(addresses)).rejects.toMatchObject({ code: 'ENOTFOUND' })
    expect(addresses.count).toBe(2)
    resolveTo({ current: [] })
    await expect(next(addresses)).rejects.toMatchObject({ code: 'ENOTFOUND' })
  })

  it('needs no name for an address', async () => {
    const six: Server = { host: '::1', port: 2181 }
    expect(await atEachAddress(six)).toEqual([six])
  })
})

describe('Attempts', () => {
  it('go from server to server, out of turn to one that is preferred', () => {
    const servers = ['a', 'b', 'c'].map((host) => ({ host, port: 1 })) as unknown as readonly [Server, ...Server[]]
    const attempts = new Attempts(servers, 30_000)
    const begin = () => attempts.begin().server.host
    expect([begin(), begin()]).toEqual(['a', 'b'])
    attempts.prefer({ host: 'a', port: 1, address: '10.0.0.1' })
    expect([begin(), begin(), begin()]).toEqual(['a', 'c', 'a'])
  })
})
