import { Badge } from '@/components/ui/badge'
import type { SessionView } from '@/lib/queries/lock-responses'
import { ENDS_WITHIN, NOT_CONNECTED, NOT_CONNECTED_WORDS, OWN, OWN_WORDS } from '@/lib/text/sessions'

/** Whether it is one of ours, and whether its client is there. `heardAt` is when this was told. */
export function SessionState({
  session: { own, connected, expiresInMs },
  heardAt,
  now,
}: {
  session: SessionView
  heardAt: number
  now: number
}) {
  const left = expiresInMs === null ? null : Math.max(0, Math.ceil((expiresInMs - (now - heardAt)) / 1000))
  return (
    <>
      {own && (
        <span title={OWN_WORDS}>
          <Badge tone="quiet">{OWN}</Badge>
        </span>
      )}
      {connected === false && (
        <span title={NOT_CONNECTED_WORDS} className="text-changed">
          {left === null ? NOT_CONNECTED : ENDS_WITHIN(left)}
        </span>
      )}
    </>
  )
}
