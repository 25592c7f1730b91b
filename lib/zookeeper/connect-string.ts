import { isIPv6 } from 'node:net'
import { assertPath } from './chroot'
import { ZooKeeperError } from './errors'

const DEFAULT_PORT = 2181

export interface Server {
  readonly host: string
  readonly port: number
  /** The one of its addresses that is meant, when its host is a name with several. */
  readonly address?: string
}

export interface ConnectString {
  readonly servers: readonly [Server, ...Server[]]
  /** Without trailing slash; '' when there is none. */
  readonly chroot: string
}

/**
 * Parses "host:port,host:port/chroot". Spaces around parts are ignored, the port defaults to 2181, IPv6 addresses are
 * written "[::1]:2181".
 * @throws ZooKeeperError BadRequest or BadPath, naming the part that is wrong.
 */
export function parseConnectString(text: string): ConnectString {
  if (/^\s*\w+:\/\//.test(text)) throw wrong('it', 'is a URL; write "host:port,host:port" without a scheme')
  const slash = text.indexOf('/')
  const hosts = slash === -1 ? text : text.slice(0, slash)
  const chroot = slash === -1 ? '/' : text.slice(slash).trim()
  assertPath(chroot)
  const [first, ...others] = hosts
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(parseServer)
  if (first === undefined) throw wrong('it', 'names no server')
  return { servers: [first, ...others], chroot: chroot === '/' ? '' : chroot }
}

/** "host:port", with brackets around IPv6 addresses. */
export function formatServer({ host, port }: Server): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function parseServer(part: string): Server {
  // Not shown: what stands before the @ may be a password.
  if (part.includes('@')) throw wrong('a server', 'has an "@"; credentials are a setting of their own')
  const match =
    /^\[(?<six>[^\]]+)\](?::(?<port>.*))?$/.exec(part) ?? /^(?<name>[^:[\]]+)(?::(?<port>[^:]*))?$/.exec(part)
  const { six, name, port } = match?.groups ?? {}
  const host = six ?? name?.trim()
  if (host === undefined || /\s/.test(host))
    throw wrong(JSON.stringify(part), 'is not "host:port"; IPv6 is written "[::1]:2181"')
  if (six !== undefined && !isIPv6(six.replace(/%.*$/, '')))
    throw wrong(JSON.stringify(part), 'has no IPv6 address in its brackets')
  if (port === undefined) return { host, port: DEFAULT_PORT }
  const number = /^\d{1,5}$/.test(port.trim()) ? Number(port) : 0
  if (number < 1 || number > 65_535) throw wrong(JSON.stringify(part), 'has no port from 1 to 65535')
  return { host, port: number }
}

function wrong(part: string, why: string): ZooKeeperError {
  return new ZooKeeperError('BadRequest', { detail: `connect string: ${part} ${why}` })
}
