import { authFrame, saslFrame } from './control-frames'
import type { JuteReader } from './jute'
import type { SaslClient } from './sasl/client'
import { openSaslClient } from './sasl/mechanisms'
import type { AuthIdentity, SaslOptions } from './security'

/** Once may be the network. */
const CUT_OFF_TIMES = 2
/** KeeperException.Code.SESSIONCLOSEDREQUIRESASLAUTH: the server closes the session, and would the next one too. */
export const SASL_REQUIRED = -124

export interface AuthenticationOptions {
  readonly auth?: readonly AuthIdentity[] | undefined
  readonly sasl?: SaslOptions | undefined
}

export interface AuthenticationLink {
  write(frame: Buffer): void
  /** The server does not believe us, or we do not believe it; never says a secret. */
  refused(detail: string): void
}

/**
 * Says on every connection who we are, before anything else: by SASL, which takes some messages in both directions,
 * then by auth packets, which are written without waiting for their answers as Java's client does.
 */
export class Authentication {
  readonly #identities: readonly AuthIdentity[]
  readonly #sasl: SaslOptions | null
  #client: SaslClient | null = null
  #answered = 0
  /** How often in a row the connection ended in the midst of an exchange. */
  #cutOff = 0
  #done: () => void = () => undefined

  constructor(
    { auth = [], sasl }: AuthenticationOptions,
    private readonly link: AuthenticationLink,
  ) {
    this.#identities = auth
    this.#sasl = sasl ?? null
  }

  /** Nothing else may be sent: a server that demands SASL ends the session of whoever sends so much as a ping before. */
  get isBusy(): boolean {
    return this.#client !== null
  }

  /**
   * @param host of the server, as the connect string has it
   * @param done called when all that must come first has been written
   */
  begin(host: string, done: () => void): void {
    this.#done = done
    this.#answered = 0
    this.#client = null
    if (this.#sasl === null) {
      this.#introduce()
      return
    }
    const client = openSaslClient(this.#sasl, host)
    this.#client = client
    void this.#exchange(client, null)
  }

  /** The connection has ended: what is still on its way does not matter any more. */
  onLost(): void {
    const client = this.#client
    this.#client = null
    if (client === null) return
    this.#cutOff += 1
    if (this.#cutOff < CUT_OFF_TIMES) return
    this.#refuse(client, 'it closes the connection, as servers before 3.6 do when a password is wrong')
  }

  onSaslReply(zkCode: number, reader: JuteReader): void {
    const client = this.#client
    if (client === null) return
    if (zkCode === 0) void this.#exchange(client, reader.buffer())
    else this.#refuse(client, client.refusal || `code ${zkCode}`)
  }

  /** The answers come in the order of the identities. */
  onAuthReply(zkCode: number): void {
    const identity = this.#identities[this.#answered]
    this.#answered += 1
    if (zkCode !== 0) this.link.refused(`the identity of the scheme "${identity?.scheme}" (code ${zkCode})`)
  }

  /** @param token of the server; null before the first */
  async #exchange(client: SaslClient, token: Buffer | null): Promise<void> {
    try {
      const next = await client.answer(token)
      if (client !== this.#client) return
      if (next !== null) {
        this.link.write(saslFrame(next))
        return
      }
      this.#client = null
      this.#introduce()
    } catch (error) {
      if (client !== this.#client) return
      this.#refuse(client, error instanceof Error ? error.message : 'no reason')
    }
  }

  #refuse(client: SaslClient, why: string): void {
    this.#client = null
    this.link.refused(`${client.description}: ${why}`)
  }

  #introduce(): void {
    this.#cutOff = 0
    for (const { scheme, auth } of this.#identities) this.link.write(authFrame(scheme, Buffer.from(auth)))
    this.#done()
  }
}
