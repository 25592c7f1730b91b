/** Source: QuorumPeer.QuorumServer. Ports are 0 to 65535, hosts without the brackets of IPv6. */
export interface EnsembleMember {
  /** A Java long in decimal; real ones are 0 to 255. */
  readonly id: string
  /** More than one only with multiAddress.enabled. */
  readonly addresses: readonly QuorumAddress[]
  readonly role: 'participant' | 'observer'
  /** Where clients connect; null when the dynamic configuration does not say, which means its own zoo.cfg does. */
  readonly client: HostAndPort | null
  /** The same for TLS. */
  readonly secureClient: HostAndPort | null
}

interface QuorumAddress {
  readonly host: string
  readonly quorumPort: number
  readonly electionPort: number
}

export interface HostAndPort {
  /** "0.0.0.0" for every address of the server. */
  readonly host: string
  readonly port: number
}

export interface DynamicConfig {
  /** In the order of the text; none on a standalone server. */
  readonly members: readonly EnsembleMember[]
  /** The zxid of the change that made it, or of the first leader of the one in zoo.cfg; null on a standalone server. */
  readonly version: bigint | null
  /** Every other line as it stands: groups and weights, and what is not understood here. */
  readonly others: readonly string[]
  /** All of it, as the server keeps it. */
  readonly text: string
}

/**
 * Reads what /zookeeper/config holds. Never throws: a line that makes no sense is among the `others`.
 * Source: QuorumMaj and QuorumHierarchical, toString.
 */
export function parseDynamicConfig(text: string): DynamicConfig {
  const members: EnsembleMember[] = []
  const others: string[] = []
  let version: bigint | null = null
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue
    const member = parseMember(line)
    const hex = /^version=([0-9a-f]{1,16})$/i.exec(line)?.[1]
    if (member !== null) members.push(member)
    // Long.toHexString, so that the sign is in the highest bit.
    else if (hex !== undefined && version === null) version = BigInt.asIntN(64, BigInt(`0x${hex}`))
    else others.push(line)
  }
  return { members, version, others, text }
}

/** "server.1=host:2888:3888:participant;host:2181"; null when it is not that. */
export function parseMember(line: string): EnsembleMember | null {
  const parts = /^server\.(-?\d{1,19})\s*=\s*([^;]+)(?:;([^;]*))?(?:;([^;]+))?$/.exec(line)
  const [, id, quorum, client, secure] = parts ?? []
  if (id === undefined || quorum === undefined) return null
  const found = quorum.split('|').map(parseQuorumAddress)
  const addresses = found.filter((each) => each !== null)
  const roles = new Set(addresses.map(({ role }) => role).filter((role) => role !== null))
  const clientAddress = parseClientAddress(client)
  const secureAddress = parseClientAddress(secure)
  if (addresses.length < found.length || roles.size > 1) return null
  if (clientAddress === undefined || secureAddress === undefined) return null
  return {
    id,
    addresses: addresses.map(({ host, quorumPort, electionPort }) => ({ host, quorumPort, electionPort })),
    role: roles.has('observer') ? 'observer' : 'participant',
    client: clientAddress,
    secureClient: secureAddress,
  }
}

const HOST = String.raw`(?:\[([^\]]+)\]|([^:[\]]+))`
const QUORUM_ADDRESS = new RegExp(`^${HOST}:(\\d+):(\\d+)(?::([a-z]+))?$`, 'i')
const CLIENT_ADDRESS = new RegExp(`^(?:${HOST}:)?(\\d+)$`)

function parseQuorumAddress(text: string): (QuorumAddress & { role: EnsembleMember['role'] | null }) | null {
  const [, bracketed, plain, quorum, election, word] = QUORUM_ADDRESS.exec(text.trim()) ?? []
  const host = bracketed ?? plain
  const quorumPort = parsePort(quorum)
  const electionPort = parsePort(election)
  if (host === undefined || quorumPort === null || electionPort === null) return null
  const role = word?.toLowerCase() ?? null
  if (role !== null && role !== 'observer' && role !== 'participant') return null
  return { host, quorumPort, electionPort, role }
}

/** null when there is none, undefined when it is no address. */
function parseClientAddress(text: string | undefined): HostAndPort | null | undefined {
  if (text === undefined || text.trim() === '') return null
  const [, bracketed, plain, digits] = CLIENT_ADDRESS.exec(text.trim()) ?? []
  const port = parsePort(digits)
  return port === null ? undefined : { host: bracketed ?? plain ?? '0.0.0.0', port }
}

function parsePort(digits: string | undefined): number | null {
  const port = digits === undefined ? Number.NaN : Number(digits)
  return port <= 0xffff ? port : null
}
