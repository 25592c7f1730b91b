import { formatServer, type Server } from './connect-string'
import { behindAt, diagnose } from './diagnosis'
import type { FaultHistory } from './fault-history'
import type { LinkFault } from './link-fault'
import type { TlsOptions } from './security'
import { isServing, type ServerStatus, tryServerStatus } from './server-status'

/** A silent server holds up what the others have said for so long. */
const ANSWER_MS = 1500

export interface InquiryOptions {
  readonly servers: readonly Server[]
  readonly tls: TlsOptions | undefined
  readonly faults: FaultHistory
  /** The highest zxid that the session has seen. */
  lastZxid(): bigint
  /** The same value for as long as no connection comes; null when nobody wants to know any more. */
  outage(): number | null
  /** `faults` knows more. `likelier`: that the ensemble has gone back in time, so the next attempt is worth being made soon. */
  explained(fault: LinkFault, likelier: boolean): void
}

/**
 * Asks a server itself why it turned us away. When it is behind what the session has seen, the others are asked at once,
 * one question each: a majority that is behind, twice, is an ensemble that has gone back in time, and taking them one by
 * one would last as long as the back-off makes it. One that serves and is not behind proves that it has not.
 */
export class Inquiry {
  constructor(private readonly options: InquiryOptions) {}

  /** @param status what it said to srvr during the attempt, null when it was not asked */
  async ask(server: Server, status: Promise<ServerStatus | Error> | null): Promise<void> {
    const { faults, tls } = this.options
    const outage = this.options.outage()
    const lastZxid = this.options.lastZxid()
    const at = performance.now()
    const isOver = () => outage === null || outage !== this.options.outage()
    const fault = await diagnose(server, { lastZxid, tls, status })
    if (fault === null || isOver()) return
    const likelier = faults.explain(fault, at)
    this.options.explained(fault, likelier)
    // What is no news was followed by this question before, or is a single server that does not catch up.
    if (!likelier || isOver()) return
    const answers = await this.#askOthers(server)
    if (isOver()) return
    if (answers.some(({ said }) => isServing(said) && said.zxid !== null && said.zxid >= lastZxid)) {
      faults.refuteRollback()
      return
    }
    for (const { other, said } of answers) {
      const found = behindAt(other, said, lastZxid)
      if (found !== null) faults.explain(found, at)
    }
    this.options.explained(fault, false)
  }

  #askOthers(server: Server): Promise<{ readonly other: Server; readonly said: ServerStatus | Error }[]> {
    const { servers, tls } = this.options
    const others = servers.filter((other) => formatServer(other) !== formatServer(server))
    return Promise.all(
      others.map(async (other) => ({ other, said: await tryServerStatus(other, { timeoutMs: ANSWER_MS, tls }) })),
    )
  }
}
