import { z } from 'zod'
import type { EvidenceOptions } from '@/lib/ensemble/evidence'
import { formatServer, parseConnectString } from '@/lib/zookeeper/connect-string'
import { BadSetting } from './bad-setting'

/** The AdminServer's own default. Source: JettyAdminServer, DEFAULT_COMMAND_URL. */
const COMMANDS = '/commands'

const address = z.string().superRefine((text, context) => {
  const message = addressProblem(text)
  if (message !== null) context.addIssue({ code: 'custom', message })
})

/** The keys of a cluster that are about what servers tell of their clients. */
export const evidenceSchema = {
  /** One a server in the order of `connect`, or by server: "zk1:2181". */
  adminServers: z
    .union([z.array(address).max(100), z.record(z.string(), address)], {
      error: 'must be a list of URLs, one a server of "connect", or URLs by server such as "zk1:2181"',
    })
    .optional(),
  fourLetterWords: z.boolean().default(true),
}

const evidenceObject = z.strictObject({ connect: z.string(), ...evidenceSchema })

/**
 * @param key of the cluster, for errors
 * @throws BadSetting when adminServers does not fit the servers of the connect string
 */
export function readEvidenceOptions(
  { connect, adminServers = {}, fourLetterWords }: z.infer<typeof evidenceObject>,
  key: string,
): EvidenceOptions {
  const at = `${key}.adminServers`
  const urls = new Map<string, string>()
  const pairs = Array.isArray(adminServers) ? inOrder(connect, adminServers, at) : Object.entries(adminServers)
  for (const [server, url] of pairs) urls.set(serverName(server, at), commandsOf(url))
  return { adminServers: urls, fourLetterWords }
}

function inOrder(connect: string, urls: readonly string[], key: string): [string, string][] {
  const servers = parseConnectString(connect).servers.map(formatServer)
  if (servers.length !== urls.length) {
    throw new BadSetting(
      key,
      `has ${urls.length} URLs for the ${servers.length} servers of "connect"; name them by server`,
    )
  }
  return servers.map((server, index) => [server, urls[index] ?? ''])
}

/** As the gatherer names it. */
function serverName(text: string, key: string): string {
  try {
    const { servers, chroot } = parseConnectString(text)
    if (servers.length === 1 && chroot === '') return formatServer(servers[0])
  } catch {
    // Told below, in the words of this setting.
  }
  throw new BadSetting(key, `${JSON.stringify(text)} is not one server, "host:port"`)
}

function addressProblem(text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) return 'must be a URL such as http://zk1:8080/commands'
  // Not shown: it may be a password.
  if (url.username !== '' || url.password !== '') return 'must have no user and password in it: AdminServers know none'
  return url.search === '' && url.hash === '' ? null : 'must end with its path, such as /commands'
}

/** Without a slash at its end. */
function commandsOf(text: string): string {
  const url = new URL(text)
  const path = url.pathname.replace(/\/+$/, '')
  return `${url.origin}${path === '' ? COMMANDS : path}`
}
