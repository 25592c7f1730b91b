import type { ConnectionState } from '@/components/live/use-connection'
import { LOAD, LOAD_TITLE, SERVER, SESSION, ZXID } from '@/lib/text/shell'

/** Which server we talk to, as which session, how far it has come, and the load that we put on it. */
export function StatusBar({ state }: { state: ConnectionState }) {
  const { connection, load, zxid } = state
  return (
    <footer className="flex h-[26px] flex-none items-center gap-4 overflow-hidden border-t border-line bg-panel px-3 text-[11.5px] whitespace-nowrap text-ink-2">
      {connection && (
        <>
          <span>{SERVER(connection.server)}</span>
          <span>{SESSION(connection.sessionId, connection.timeoutMs)}</span>
          {zxid && <span>{ZXID(zxid)}</span>}
          {load && (
            <span title={LOAD_TITLE} className="ml-auto">
              {LOAD(load.sessions, load.watches, load.perSecond.requests)}
            </span>
          )}
        </>
      )}
    </footer>
  )
}
