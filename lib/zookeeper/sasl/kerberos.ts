import { createRequire } from 'node:module'
import { join } from 'node:path'
import { type SaslClient, SaslError } from './client'

/** What is used of the package `kerberos`, through which the system's GSSAPI speaks. Tokens are base64. */
interface GssClient {
  readonly contextComplete: boolean
  readonly username: string | null
  step(challenge: string): Promise<string | null>
  wrap(challenge: string, options: { readonly user?: string }): Promise<string>
  unwrap(challenge: string): Promise<string>
}

interface KerberosPackage {
  readonly GSS_MECH_OID_KRB5: number
  initializeClient(service: string, options: { readonly mechOID: number }): Promise<GssClient>
}

/** The last version that runs on every Node 20. */
const INSTALL = 'npm install kerberos@2.2.2'

/** Why Kerberos cannot be spoken on this machine, with what to do about it; null when it can. */
export function kerberosProblem(): string | null {
  try {
    loadPackage()
    return null
  } catch (error) {
    return error instanceof SaslError ? error.message : String(error)
  }
}

/**
 * SASL GSSAPI (RFC 4752) as `service`@host, with the ticket that the process has, and without a layer of its own. The
 * package is loaded only by who needs it: it has native code, and Zoolens neither brings nor bundles it.
 */
export class KerberosClient implements SaslClient {
  readonly description: string
  readonly refusal = ''
  readonly #service: string
  #gss: GssClient | null = null
  #isComplete = false

  constructor(service: string, host: string) {
    this.#service = `${service}@${host}`
    this.description = `SASL GSSAPI (Kerberos) with ${this.#service}`
  }

  async answer(token: Buffer | null): Promise<Buffer | null> {
    if (this.#isComplete) return null
    if (this.#gss === null) {
      const { initializeClient, GSS_MECH_OID_KRB5 } = loadPackage()
      this.#gss = await initializeClient(this.#service, { mechOID: GSS_MECH_OID_KRB5 })
      return decode(await this.#gss.step(''))
    }
    if (token === null) throw new SaslError('it offers no SASL')
    const challenge = token.toString('base64')
    if (!this.#gss.contextComplete) return decode(await this.#gss.step(challenge))
    return this.#chooseLayer(this.#gss, challenge)
  }

  /** The server's last token says which layers it offers, ours that we want none, and who we are. */
  async #chooseLayer(gss: GssClient, challenge: string): Promise<Buffer> {
    const offered = await gss.unwrap(challenge)
    this.#isComplete = true
    return decode(await gss.wrap(offered, gss.username === null ? {} : { user: gss.username }))
  }
}

/** @throws SaslError */
function loadPackage(): KerberosPackage {
  // From the folder in which Zoolens runs, and by a name that no bundler follows.
  const load = createRequire(join(process.cwd(), 'package.json'))
  const name = 'kerberos'
  try {
    load.resolve(name)
  } catch {
    throw new SaslError(`the package kerberos is not installed: ${INSTALL}`)
  }
  try {
    return load(name) as KerberosPackage
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n', 1)[0] : 'no reason'
    throw new SaslError(`the package kerberos cannot be loaded (${reason}): ${INSTALL}`)
  }
}

function decode(token: string | null): Buffer {
  return Buffer.from(token ?? '', 'base64')
}
