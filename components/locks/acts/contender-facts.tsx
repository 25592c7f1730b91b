import { useNow } from '@/components/node/use-now'
import { VisibleName } from '@/components/ui/visible-name'
import type { ContenderView } from '@/lib/queries/lock-responses'
import type { RecipeKind } from '@/lib/recipes/recipe'
import {
  CLIENT_AT,
  CLIENT_NOT_TOLD,
  FACTS,
  HELD,
  NO_SESSION,
  NOT_CONNECTED,
  QUEUED,
  SINCE_UNKNOWN,
} from '@/lib/text/lock-acts'
import { stateInWords } from '@/lib/text/lock-kinds'
import { formatAgo } from '@/lib/znode/times'

/** Whom one is about to ask, or to put out: above every question about them. */
export function ContenderFacts({ contender, kind }: { contender: ContenderView; kind: RecipeKind }) {
  const { client, server, claims, session, connected, createdAt, heldSince, path, state } = contender
  const now = useNow(1000)
  const since = [
    heldSince === null ? null : HELD(formatAgo(heldSince, now)),
    createdAt === null ? null : QUEUED(formatAgo(createdAt, now)),
  ].filter((words) => words !== null)
  return (
    <>
      <p className="font-mono text-xs font-medium wrap-anywhere">
        <VisibleName name={path} />
      </p>
      <dl className="grid grid-cols-[5rem_1fr] gap-x-3 gap-y-0.5">
        <Fact name={FACTS.state}>{stateInWords(kind, state)}</Fact>
        <Fact name={FACTS.client}>
          {client !== null ? CLIENT_AT(client, server) : connected === false ? NOT_CONNECTED : CLIENT_NOT_TOLD}
        </Fact>
        {claims !== null && claims !== '' && (
          <Fact name={FACTS.claims}>
            <VisibleName name={claims} max={120} />
          </Fact>
        )}
        <Fact name={FACTS.session}>
          {session === null ? NO_SESSION : <span className="font-mono text-xs">{session}</span>}
        </Fact>
        <Fact name={FACTS.since}>{since.length === 0 ? SINCE_UNKNOWN : since.join('; ')}</Fact>
      </dl>
    </>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{children}</dd>
    </>
  )
}
