import { clientAddress } from './client-address'
import { sessionFromHex } from './session-id-text'
import { hasLastLine, wholeLines } from './text-lines'
import type { Told, ToldConnection, ToldConnections } from './told'

const LINE = /^ (.+)\[[0-9a-f]+\]\((queued=[^()]*)\)$/

/**
 * Reads the answer to cons: the clients of the port that was asked. Those without a session, such as whoever asks, are
 * left out. Source: ConsCommand, ServerCnxn.dumpConnectionInfo (NIOServerCnxn.ConsCommand before 3.5).
 */
export function readConnections(text: string): Told<ToldConnections> {
  const bySession = new Map<bigint, ToldConnection>()
  let complete = hasLastLine(text)
  for (const line of wholeLines(text)) {
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
  const fields = new Map(list.split(',').map((field) => field.split('=', 2) as [string, string | undefined]))
  const sid = fields.get('sid')
  if (sid === undefined) return null
  const session = sid.startsWith('0x') ? sessionFromHex(sid.slice(2)) : null
  if (session === null) return undefined
  return {
    session,
    client,
    establishedAt: milliseconds(fields.get('est')),
    timeoutMs: milliseconds(fields.get('to')),
    lastOperation: operation(fields.get('lop')),
    lastResponseAt: milliseconds(fields.get('lresp')),
  }
}

function milliseconds(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null
}

/** "NA" is also what servers call operations that they have no short name for, such as create. */
export function operation(text: string | undefined): string | null {
  return text !== undefined && /^[A-Z]{2,4}$/.test(text) && text !== 'NA' ? text : null
}
