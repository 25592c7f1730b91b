import type { ConnectionStatus } from '@/lib/live/protocol'
import { type ConnectionState, STALE_MS } from './use-connection'

export type Health = ConnectionStatus | 'stale' | 'offline' | 'syncing'

/** The one word for the way from the ensemble to this screen: the worst thing that is true now. */
export function healthOf(state: ConnectionState): Health {
  const { connection, stream, silentMs, error } = state
  if (stream === 'lost' || error) return 'offline'
  if (!connection) return 'connecting'
  if (connection.status !== 'connected' && connection.status !== 'read-only') return connection.status
  if (silentMs !== null && silentMs > STALE_MS) return 'stale'
  return connection.status === 'connected' && connection.syncing ? 'syncing' : connection.status
}
