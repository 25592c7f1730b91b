import { formatServer, type Server } from './connect-string'
import { shuffle } from './shuffle'

type Servers = readonly [Server, ...Server[]]

/**
 * The order in which a session tries its servers: by chance, so that sessions spread over them, but first the one that is
 * known to answer, because it ended the session before this one.
 * @param first "host:port"
 */
export function serverOrder(servers: Servers, first?: string | null): Servers {
  const [start, ...others] = shuffle(servers)
  const known = servers.find((server) => formatServer(server) === first)
  return known === undefined ? [start, ...others] : [known, ...[start, ...others].filter((server) => server !== known)]
}
