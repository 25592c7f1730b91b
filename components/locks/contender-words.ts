import type { ContenderView, LockView } from '@/lib/queries/lock-responses'
import { CHILDREN, type Edge } from '@/lib/recipes/recipe'
import {
  CLAIMS,
  CLIENT_AND_SERVER,
  CONTRADICTED,
  EDGE_TARGET,
  LIST_CAPTION,
  NO_SESSION,
  PROOF,
  SESSION,
  THE_ZNODE,
} from '@/lib/text/locks'
import { nameOf } from '@/lib/znode/path'
import { truncateMiddle } from '@/lib/znode/truncate'
import { shortName } from './short-name'

/** A server's name where there is little room: its host's first name; of an address of this machine, its port. */
function shortServer(server: string): string {
  const [host = server] = server.split(/:(?=\d+$)/)
  if (LOCAL.has(host)) return server.slice(host.length)
  return /^[\d.]+$|:/.test(host) ? server : (host.split('.')[0] ?? server)
}

const LOCAL: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost'])

/** Identity over time: a name may come again after the directory was deleted and made anew. */
export function identityOf({ path, czxid }: ContenderView): string {
  return `${czxid ?? ''} ${path}`
}

/** Whose it is, as well as anybody knows: the address a server sees, else what its data claims, else its session. */
export function ownerOf({ client, server, claims, session }: ContenderView): string {
  if (client !== null) return CLIENT_AND_SERVER(client, server === null ? null : shortServer(server))
  if (claims !== null && claims !== '') return CLAIMS(claims)
  return session === null ? NO_SESSION : SESSION(session)
}

/** What an arrow is captioned with: room for a number. */
export function shortTarget({ on }: Edge): string {
  return on === CHILDREN ? LIST_CAPTION : truncateMiddle(shortName(on), CAPTION)
}

const CAPTION = 8

/** "on …878" */
export function edgeTarget({ on }: Edge): string {
  return EDGE_TARGET(on, shortName(on))
}

export function proofInWords(edge: Edge): string {
  if (edge.proof !== 'contradicted') return PROOF[edge.proof]
  return CONTRADICTED(edge.watches === undefined ? null : shortName(edge.watches))
}

/** The edge that is shown where there is room for one: the one somebody objects to, else the first. */
export function mainEdge({ waitsOn }: ContenderView): Edge | null {
  return waitsOn.find(({ proof }) => proof === 'contradicted') ?? waitsOn[0] ?? null
}

/** Those of one state, of what is loaded. */
export function inState(view: LockView, state: ContenderView['state']): readonly ContenderView[] {
  return view.contenders.filter((contender) => contender.state === state)
}

/** The title of a card: the end of its number; of the znode that is itself the lock, its name. */
export function cardTitle({ name, path }: ContenderView): string {
  const short = shortName(name)
  return short === THE_ZNODE ? nameOf(path) : short
}
