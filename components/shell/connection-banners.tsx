import dynamic from 'next/dynamic'
import type { ConnectionState } from '@/components/live/use-connection'
import { loadPart } from '@/components/ui/load-part'
import { ConnectionBanner } from './connection-banner'

const RollbackBanner = dynamic(() => loadPart(() => import('./rollback-banner')).then((part) => part.RollbackBanner))
const LessLiveBanner = dynamic(() => loadPart(() => import('./less-live-banner')).then((part) => part.LessLiveBanner))
const UnwatchedBanner = dynamic(() => loadPart(() => import('./unwatched-banner')).then((part) => part.UnwatchedBanner))

/** All that is to be said about the connection, the worst first. */
export function ConnectionBanners({ cluster, state }: { cluster: string; state: ConnectionState }) {
  const { connection } = state
  return (
    <>
      {connection?.rolledBack && <RollbackBanner cluster={cluster} rolledBack={connection.rolledBack} />}
      <ConnectionBanner state={state} />
      {state.unwatched > 0 && <UnwatchedBanner count={state.unwatched} />}
      {connection?.limitation && (
        <LessLiveBanner
          cluster={cluster}
          liveness={connection.liveness}
          limitation={connection.limitation}
          version={connection.version}
        />
      )}
    </>
  )
}
