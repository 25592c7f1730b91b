/** One side of one SASL exchange. */
export interface SaslClient {
  /** Mechanism and user, for errors. */
  readonly description: string
  /** What a refusal at this point of the exchange means, in a few words; '' when nothing more is known. */
  readonly refusal: string
  /**
   * What to send next, which may be empty; null when the server has proven who it is and nothing is left to be said.
   * Rejects with SaslError, or with what the mechanism's library says.
   * @param token what the server has said; null before it has said anything
   */
  answer(token: Buffer | null): Promise<Buffer | null>
}

/** A server's token that cannot be answered, or a proof that is wrong. Never says a secret. */
export class SaslError extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'SaslError'
  }
}
