import type { Server } from '@/lib/zookeeper/connect-string'
import type { Answers, Informant, InformantRequest, Reply } from '@/lib/zookeeper/informant'
import type { Told, WhySilent } from '@/lib/zookeeper/told'

type Question = keyof Answers

type Outcome<T> = Told<T> | { readonly silent: WhySilent | 'not asked' }

/** So long a server that refuses, or cannot be reached, is not asked again. */
const PATIENCE_MS: Readonly<Record<WhySilent, number>> = {
  'not whitelisted': 60_000,
  forbidden: 60_000,
  'admin server off': 60_000,
  'too large': 60_000,
  cut: 10_000,
  unreachable: 10_000,
  'not serving': 2_000,
}

interface Source {
  readonly informant: Informant
  /** Question -> why it was not answered, and until when it is not asked again. A server that is away answers none. */
  readonly refusals: Map<Question | 'any', { readonly silent: WhySilent; readonly until: number }>
}

/** One server with the ways to ask it: its AdminServer where we know it, then four-letter words where we may. */
export class AskedServer {
  readonly #admin: Source | null
  readonly #words: Source | null
  /** How the last answer came: a word knows only the clients of the port that was asked. */
  #lastBy: 'admin' | 'words' | null = null

  constructor(
    /** As we name it: "host:port". */
    readonly name: string,
    /** null when nothing says where its clients connect. */
    readonly server: Server | null,
    sources: { readonly admin: Informant | null; readonly words: Informant | null },
  ) {
    this.#admin = sources.admin === null ? null : { informant: sources.admin, refusals: new Map() }
    this.#words = sources.words === null ? null : { informant: sources.words, refusals: new Map() }
  }

  get lastBy(): 'admin' | 'words' | null {
    return this.#lastBy
  }

  /** Never rejects. 'not asked': we have no way to ask. */
  async ask<Q extends Question>(question: Q, request: InformantRequest): Promise<Outcome<Answers[Q]>> {
    const admin = await tryAsk(this.#admin, question, request)
    if (admin !== null && !('silent' in admin)) return this.#by('admin', admin)
    const words = await tryAsk(this.#words, question, request)
    if (words !== null && !('silent' in words)) return this.#by('words', words)
    if (admin === null) return words ?? { silent: 'not asked' }
    // It does answer at its client port.
    const isUp = words?.silent === 'not whitelisted'
    return isUp && admin.silent === 'unreachable' ? { silent: 'admin server off' } : admin
  }

  #by<T>(way: 'admin' | 'words', answer: T): T {
    this.#lastBy = way
    return answer
  }
}

async function tryAsk<Q extends Question>(
  source: Source | null,
  question: Q,
  request: InformantRequest,
): Promise<Reply<Answers[Q]> | null> {
  if (source === null) return null
  const { informant, refusals } = source
  for (const key of ['any', question] as const) {
    const refusal = refusals.get(key)
    if (refusal !== undefined && refusal.until > Date.now()) return { silent: refusal.silent }
  }
  const answer = await informant[question](request)
  if ('silent' in answer) {
    const { silent } = answer
    const isAway = silent === 'unreachable' || silent === 'not serving'
    refusals.set(isAway ? 'any' : question, { silent, until: Date.now() + PATIENCE_MS[silent] })
  } else for (const key of ['any', question] as const) refusals.delete(key)
  return answer
}
