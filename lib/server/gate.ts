import { ZooKeeperError } from '@/lib/zookeeper/errors'
import { runtime } from './runtime'

/** Who asks. Zoolens has no log-in of its own: whoever reaches the loopback address is the operator of this machine. */
export interface Principal {
  readonly name: 'local'
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Authorises a request inside every route and action. Against DNS rebinding: a page of a foreign name that resolves to
 * 127.0.0.1 carries that name in its Host header, and is refused. Against other sites: browsers say where a request
 * comes from (Sec-Fetch-Site, Origin).
 * @throws ZooKeeperError Forbidden
 */
export function authorise(headers: Headers): Principal {
  if (!isOurHost(headers))
    throw new ZooKeeperError('Forbidden', { detail: 'the Host header is not a name of this machine' })
  const site = headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') {
    throw new ZooKeeperError('Forbidden', { detail: 'the request comes from another site' })
  }
  return { name: 'local' }
}

/** Pages too are answered under our own names only; links to them from other sites must work, so this is all they check. */
export function isOurHost(headers: Headers): boolean {
  const host = (headers.get('host') ?? '').toLowerCase()
  return LOOPBACK.has(host.replace(/:\d+$/, '')) || runtime().settings.allowedHosts.includes(host)
}

/**
 * For writes: besides {@link authorise}, the page that asks must be ours, and the cluster must allow writing.
 * @throws ZooKeeperError Forbidden, ReadOnly
 */
export function authoriseWrite(headers: Headers, cluster: string): Principal {
  const principal = authorise(headers)
  const origin = headers.get('origin')
  // A browser sends Origin with every POST; Next lets requests without one pass, we do not.
  if (origin === null || !URL.canParse(origin) || new URL(origin).host !== headers.get('host')) {
    throw new ZooKeeperError('Forbidden', { detail: 'the request does not come from a page of this server' })
  }
  const { settings } = runtime()
  if (settings.readOnly) throw new ZooKeeperError('ReadOnly', { detail: 'ZOOLENS_READ_ONLY is set' })
  if (settings.clusters.find(({ id }) => id === cluster)?.readOnly) {
    throw new ZooKeeperError('ReadOnly', { detail: `readOnly is set for the cluster "${cluster}"` })
  }
  return principal
}
