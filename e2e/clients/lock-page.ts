import { Ensemble } from '@/lib/ensemble/ensemble'
import type { ContenderView, LockView } from '@/lib/queries/lock-responses'

/** What a browser with the page of one lock open has been told last. */
export class LockPage {
  #last: LockView | null = null

  private constructor(private readonly ensemble: Ensemble) {}

  /** Asks servers by four-letter words, as the sandbox allows. */
  static async open(connect: string, path: string): Promise<LockPage> {
    const ensemble = new Ensemble({
      id: 'page',
      connect: { connect, sessionTimeoutMs: 10_000 },
      evidence: { adminServers: new Map(), fourLetterWords: true },
      log: () => undefined,
    })
    const page = new LockPage(ensemble)
    const subscription = ensemble.mirror.subscribe(() => undefined)
    ensemble.locks.listen({
      subscription,
      lock(view) {
        page.#last = view
      },
      locks: () => undefined,
    })
    page.#last = await ensemble.locks.view(path, 0, 200, { subscription, tab: 'a' })
    return page
  }

  get view(): LockView {
    if (this.#last === null) throw new Error('nothing was told')
    return this.#last
  }

  contenders(state: ContenderView['state']): readonly ContenderView[] {
    return this.view.contenders.filter((contender) => contender.state === state)
  }

  names(state: ContenderView['state']): string[] {
    return this.contenders(state).map(({ name }) => name)
  }

  /** Sessions of holders that are said to be without a connection. */
  get ghosts(): string[] {
    return this.view.findings.flatMap(({ code, facts }) => (code === 'ghost-holder' ? [facts.session ?? ''] : []))
  }

  close(): Promise<void> {
    return this.ensemble.close()
  }
}
