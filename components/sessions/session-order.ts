import type { SessionView } from '@/lib/queries/lock-responses'
import type { SORTS } from '@/lib/text/sessions'
import { fromHex } from '@/lib/znode/stat'

export type SessionSort = keyof typeof SORTS

/** "stake" is the order in which they are told. What is not known comes last. */
export function sessionRows(
  sessions: readonly SessionView[],
  sort: SessionSort,
  filter: string,
): readonly SessionView[] {
  const wanted = filter.trim().toLowerCase()
  const rows = wanted === '' ? [...sessions] : sessions.filter((session) => matches(session, wanted))
  return sort === 'stake' ? rows : rows.sort(ORDERS[sort])
}

type Order = (one: SessionView, other: SessionView) => number

const most =
  (of: (session: SessionView) => number | null): Order =>
  (one, other) =>
    (of(other) ?? Number.NEGATIVE_INFINITY) - (of(one) ?? Number.NEGATIVE_INFINITY) || 0

const byText =
  (of: (session: SessionView) => string | null): Order =>
  (one, other) => {
    const [a, b] = [of(one), of(other)]
    if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
    return a.localeCompare(b, 'en', { numeric: true })
  }

const ORDERS: Readonly<Record<Exclude<SessionSort, 'stake'>, Order>> = {
  session: (one, other) => Number(fromHex(one.session) > fromHex(other.session)) * 2 - 1,
  client: byText(({ client }) => client),
  server: byText(({ server }) => server),
  operation: byText(({ lastOperation }) => lastOperation),
  connected: most(({ establishedAt }) => (establishedAt === null ? null : -establishedAt)),
  timeout: most(({ timeoutMs }) => timeoutMs),
  ephemerals: most(({ ephemeralCount }) => ephemeralCount),
  watches: most(({ watchCount }) => watchCount),
  holds: most(({ holds }) => holds.length),
  waits: most(({ waitsFor }) => waitsFor.length),
}

function matches({ session, client, server, ephemerals, holds, waitsFor }: SessionView, wanted: string): boolean {
  const has = (text: string) => text.toLowerCase().includes(wanted)
  if (has(session) || has(client ?? '') || has(server ?? '')) return true
  return ephemerals.some(has) || holds.some(has) || waitsFor.some(has)
}
