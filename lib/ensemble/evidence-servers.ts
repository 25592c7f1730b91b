import { isIP } from 'node:net'
import type { EnsembleMember } from '@/lib/znode/dynamic-config'
import { atEachAddress } from '@/lib/zookeeper/addresses'
import { formatServer, type Server } from '@/lib/zookeeper/connect-string'

/** A server of the ensemble that can be asked, or that we know of and cannot ask. */
export interface KnownServer {
  /** "host:port" as the connect string has it; as /zookeeper/config has it for those that are only there. */
  readonly name: string
  /** null when nothing tells where its clients connect. */
  readonly server: Server | null
  /** Its id in /zookeeper/config, when it is known to be that one. */
  readonly memberId: string | null
}

type Resolve = (server: Server) => Promise<readonly Server[]>

interface Found extends KnownServer {
  /** "address:port". */
  readonly addresses: readonly string[]
}

/**
 * The servers of the connect string, one for each address behind a name, and those of /zookeeper/config that are none of
 * them: a server that we do not use ourselves may have the clients that we look for. Never rejects.
 */
export async function knownServers(
  connect: readonly Server[],
  members: readonly EnsembleMember[],
  isTls: boolean,
  resolve: Resolve = atEachAddress,
): Promise<KnownServer[]> {
  const ours = (await Promise.all(connect.map((server) => ofConnectString(server, resolve)))).flat()
  const mayBeLocal = ours.some(({ addresses }) => addresses.some(isLoopback))
  const theirs = await Promise.all(members.map((member) => ofMember(member, { isTls, connect, mayBeLocal, resolve })))
  const idOf = ({ addresses }: Found): string | null =>
    theirs.find((member) => member.addresses.some((address) => addresses.includes(address)))?.memberId ?? null
  const known = unique(
    ours.map(({ name, server, addresses }) => ({
      name,
      server,
      addresses,
      memberId: idOf({ name, server, addresses, memberId: null }),
    })),
  )
  const ids = new Set(known.map(({ memberId }) => memberId))
  return [...known, ...theirs.filter(({ memberId }) => !ids.has(memberId))].map(({ name, server, memberId }) => ({
    name,
    server,
    memberId,
  }))
}

async function ofConnectString(server: Server, resolve: Resolve): Promise<Found[]> {
  const found = await resolve(server).catch(() => [])
  if (found.length < 2) {
    return [{ name: formatServer(server), server, memberId: null, addresses: found.map(addressOf) }]
  }
  // One name of several servers: each has clients of its own.
  return found.map((each) => {
    const named = { host: each.address ?? each.host, port: each.port }
    return { name: formatServer(named), server: each, memberId: null, addresses: [addressOf(each)] }
  })
}

async function ofMember(
  member: EnsembleMember,
  {
    isTls,
    connect,
    mayBeLocal,
    resolve,
  }: { isTls: boolean; connect: readonly Server[]; mayBeLocal: boolean; resolve: Resolve },
): Promise<Found> {
  const server = clientServer(member, connect, isTls)
  if (server === null) return { name: `server.${member.id}`, server, memberId: member.id, addresses: [] }
  const resolved = await resolve(server).catch(() => [])
  const addresses = resolved.map(addressOf)
  // The ensemble must not send us to places that are only this machine's own.
  const isTrap = addresses.some((address) => isLinkLocal(address) || (isLoopback(address) && !mayBeLocal))
  return {
    name: formatServer(server),
    server: isTrap ? null : server,
    memberId: member.id,
    addresses: isTrap ? [] : addresses,
  }
}

/** Where clients of a member connect. Without a port in /zookeeper/config it is the one that all of our servers have. */
function clientServer(member: EnsembleMember, connect: readonly Server[], isTls: boolean): Server | null {
  const quorumHost = member.addresses[0]?.host
  const told = isTls ? member.secureClient : member.client
  const ports = new Set(connect.map(({ port }) => port))
  const [onlyPort] = ports
  const port = told?.port ?? (ports.size === 1 ? onlyPort : undefined)
  const host = told === null || isEverywhere(told.host) ? quorumHost : told.host
  return host === undefined || port === undefined ? null : { host, port }
}

function unique(servers: readonly Found[]): Found[] {
  const seen = new Set<string>()
  return servers.filter(({ name, addresses }) => {
    const keys = addresses.length === 0 ? [name] : addresses
    const isNew = !keys.some((key) => seen.has(key))
    for (const key of keys) seen.add(key)
    return isNew
  })
}

function addressOf({ host, port, address = host }: Server): string {
  return `${address}:${port}`
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || (isIP(host) === 6 && /^[0:]+$/.test(host))
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address.startsWith('::1:')
}

function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab]/i.test(address)
}
