import { clientAddress } from './client-address'
import type { Slices } from './request'
import { sessionFromHex } from './session-id-text'
import { hasLastLine, SLICE, wholeLines } from './text-lines'
import type { Told, ToldConnection, ToldConnections } from './told'

const LINE = /^ (.+)\[[0-9a-f]+\]\((queued=[^()]*)\)$/

/**
 * Reads the answer to cons: the clients of the port that was asked. Those without a session, such as whoever asks, are
 * left out. Source: ConsCommand, ServerCnxn.dumpConnectionInfo (NIOServerCnxn.ConsCommand before 3.5).
 */
export function* readConnections(text: string): Slices<Told<ToldConnections>> {
  const bySession = new Map<bigint, ToldConnection>()
  let complete = hasLastLine(text)
  let lines = 0
  for (const line of wholeLines(text)) {
    if (++lines % SLICE === 0) yield
    if (line === '') continue
    const connection = readLine(line)
    if (connection === undefined) complete = false
    else if (connection !== null) keepLatest(bySession, connection)
  }
  return { value: [...bySession.values()], complete }
}

/** A client that comes back leaves its former connection behind for a moment. */
export function keepLatest(bySession: Map<bigint, ToldConnection>, connection: ToldConnection): void {
  const other = bySession.get(connection.session)
  if (other === undefined || (other.establishedAt ?? 0) <= (connection.establishedAt ?? 0)) {
    bySession.set(connection.session, connection)
  }
}

/** null for a connection without a session, undefined for what is no connection. */
function readLine(line: string): ToldConnection | null | undefined {
  const [, address, list] = LINE.exec(line) ?? []
  const client = address === undefined ? null : clientAddress(address)
  if (client === null || list === undefined) return undefined
  const field = (name: string): string | undefined => {
    const start = list.indexOf(`,${name}=`)
    if (start < 0) return undefined
    const end = list.indexOf(',', start + 1)
    return list.slice(start + name.length + 2, end < 0 ? undefined : end)
  }
  const sid = field('sid')
  if (sid === undefined) return null
  const session = sid.startsWith('0x') ? sessionFromHex(sid.slice(2)) : null
  if (session === null) return undefined
  return {
    session,
    client,
    establishedAt: milliseconds(field('est')),
    timeoutMs: milliseconds(field('to')),
    lastOperation: operation(field('lop')),
    lastResponseAt: milliseconds(field('lresp')),
  }
}

function milliseconds(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** "NA" is also what servers call operations that they have no short name for, such as create. */
export function operation(text: string | undefined): string | null {
  return text !== undefined && /^[A-Z]{2,4}$/.test(text) && text !== 'NA' ? text : null
}
