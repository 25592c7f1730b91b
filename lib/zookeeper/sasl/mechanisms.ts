import type { SaslOptions } from '../security'
import { type SaslClient, SaslError } from './client'
import { answerChallenge, type DigestMd5Answer } from './digest-md5'
import { KerberosClient } from './kerberos'

/** @param host of the server, by which Kerberos knows it */
export function openSaslClient(options: SaslOptions, host: string): SaslClient {
  return options.mechanism === 'GSSAPI' ? new KerberosClient(options.service, host) : new DigestMd5Client(options)
}

/** ZooKeeper's servers speak DIGEST-MD5 under this name, whatever they are called (SecurityUtils.createSaslClient). */
const DIGEST_URI = 'zookeeper/zk-sasl-md5'

class DigestMd5Client implements SaslClient {
  readonly description: string
  #hasBegun = false
  #sent: DigestMd5Answer | null = null

  constructor(private readonly identity: { readonly user: string; readonly password: string }) {
    this.description = `SASL DIGEST-MD5 of the user "${identity.user}"`
  }

  get refusal(): string {
    // ZooKeeperSaslServer: nobody can use it while zookeeper.fips-mode is on, which it is by default since 3.9.
    return this.#sent === null
      ? 'it offers no DIGEST-MD5, as servers from 3.9 on do unless zookeeper.fips-mode is false'
      : ''
  }

  async answer(token: Buffer | null): Promise<Buffer | null> {
    if (!this.#hasBegun) {
      // The server speaks first, but only when it has been asked to.
      this.#hasBegun = true
      return Buffer.alloc(0)
    }
    // allowSaslFailedClients: a server may go on as if nothing had happened, but it never sends the proof.
    if (token === null) throw new SaslError(this.#sent === null ? 'it offers no SASL' : 'it did not accept it')
    if (this.#sent === null) {
      this.#sent = answerChallenge(token, { ...this.identity, digestUri: DIGEST_URI })
      return this.#sent.token
    }
    this.#sent.verify(token)
    return null
  }
}
