import type { ConnectionState } from '@/components/live/use-connection'
import {
  ENCRYPTED,
  LESS_LIVE_SHORT,
  LOAD,
  LOAD_TITLE,
  SERVER,
  SERVER_VERSION,
  SESSION,
  UNVERIFIED,
  UNVERIFIED_WORDS,
  ZXID,
} from '@/lib/text/shell'

/** Before the ensemble has given one. */
const NO_ID = '0x0'

/** Which server we talk to, as which session, how far it has come, and the load that we put on it. */
export function StatusBar({ state, onOpenLoad }: { state: ConnectionState; onOpenLoad: () => void }) {
  const { connection, load, zxid } = state
  return (
    <footer className="flex h-[26px] flex-none items-center gap-4 border-t border-line bg-panel px-3 text-[11.5px] whitespace-nowrap text-ink-2">
      {connection && (
        <>
          <div className="flex min-w-0 gap-4 overflow-hidden">
            <span>{SERVER(connection.server)}</span>
            {connection.encryption === 'tls' && <span>{ENCRYPTED}</span>}
            {connection.encryption === 'unverified' && (
              <span title={UNVERIFIED_WORDS} className="font-medium text-deleted">
                {UNVERIFIED}
              </span>
            )}
            {connection.version !== null && <span>{SERVER_VERSION(connection.version)}</span>}
            {connection.sessionId !== NO_ID && <span>{SESSION(connection.sessionId, connection.timeoutMs)}</span>}
            {zxid !== null && zxid !== NO_ID && <span>{ZXID(zxid)}</span>}
            {connection.liveness !== 'every change' && <span>{LESS_LIVE_SHORT}</span>}
          </div>
          {load && (
            <button
              type="button"
              aria-haspopup="dialog"
              title={LOAD_TITLE}
              onClick={onOpenLoad}
              className="-mx-2 ml-auto h-6 flex-none rounded-md px-2 hover:bg-hover hover:text-ink focus-visible:-outline-offset-2"
            >
              {LOAD(load.sessions, load.watches, load.perSecond.requests)}
            </button>
          )}
        </>
      )}
    </footer>
  )
}
