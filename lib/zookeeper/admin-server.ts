import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { checkServerIdentity } from 'node:tls'
import { AnswerTooLarge } from './four-letter-word'
import { parseLosslessJson } from './lossless-json'
import { onAbort } from './on-abort'
import type { TlsOptions } from './security'
import { secureContext } from './tls-context'
import type { WhySilent } from './told'

/** Source: Commands.java. Each is a GET that changes nothing. */
export type AdminCommand = 'connections' | 'watches_by_path' | 'dump' | 'configuration' | 'monitor'

export interface AdminRequest {
  readonly timeoutMs: number
  /** Of https: whom to believe and who we are. Without it the authorities that Node brings. */
  readonly tls?: TlsOptions | undefined
  /** A longer answer is given up. Default: 32 MiB. */
  readonly maxBytes?: number
  readonly signal?: AbortSignal
}

export interface AdminAnswer {
  /** What the JSON says; integers of more than 15 digits are strings, as {@link parseLosslessJson} makes them. */
  readonly json: unknown
  readonly bytes: number
}

/** An AdminServer that does not tell; `why` for people. Its message never shows what was answered. */
export class AdminSilence extends Error {
  constructor(
    readonly why: WhySilent,
    message: string,
  ) {
    super(message)
    this.name = 'AdminSilence'
  }
}

const LONGEST_ANSWER_BYTES = 32 * 1024 * 1024

/**
 * GET <base>/<command>, with no log-in and no redirect followed: neither is an AdminServer's way. Such as base
 * "http://zk1:8080/commands". A command that fails answers with status 200 and an `error` in its JSON.
 * Rejects with AdminSilence, or TlsFileError.
 */
export async function askAdminServer(base: string, command: AdminCommand, request: AdminRequest): Promise<AdminAnswer> {
  const text = await get(`${base}/${command}`, request)
  try {
    return { json: parseLosslessJson(text), bytes: Buffer.byteLength(text) }
  } catch {
    // A whole answer that is no JSON comes from something else; half an answer has been noticed before.
    throw new AdminSilence('admin server off', `${base} does not answer with JSON`)
  }
}

function get(
  address: string,
  { timeoutMs, tls, maxBytes = LONGEST_ANSWER_BYTES, signal }: AdminRequest,
): Promise<string> {
  const url = new URL(address)
  const options = {
    agent: false,
    headers: { accept: 'application/json' },
    ...(url.protocol === 'https:' ? secure(url, tls) : {}),
  }
  return new Promise((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options)
    const timer = setTimeout(() => request.destroy(new Error(`no answer in ${timeoutMs} ms`)), timeoutMs)
    const stop = () => request.destroy(new Error('the answer is not wanted any more'))
    const forget = signal === undefined ? null : onAbort(signal, stop)
    if (signal?.aborted) stop()
    const settle = (error: Error | null, text = '') => {
      clearTimeout(timer)
      forget?.()
      request.destroy()
      if (error === null) resolve(text)
      else reject(error instanceof AdminSilence ? error : silence(error))
    }
    request.once('error', (error) => settle(error))
    request.once('response', (response) => {
      const why = refusal(response)
      if (why !== null) settle(new AdminSilence(why, `${url.host} answers with status ${response.statusCode}`))
      else
        readBody(response, maxBytes).then(
          (text) => settle(null, text),
          (error: Error) => settle(error),
        )
    })
    request.end()
  })
}

function secure(url: URL, tls: TlsOptions | undefined): object {
  if (tls === undefined) return {}
  const name = tls.serverName ?? url.hostname.replace(/^\[(.*)\]$/, '$1')
  return {
    secureContext: secureContext(tls),
    rejectUnauthorized: tls.insecure !== true,
    checkServerIdentity: (_: string, certificate: Parameters<typeof checkServerIdentity>[1]) =>
      tls.verifyName === false ? undefined : checkServerIdentity(name, certificate),
  }
}

function refusal({ statusCode }: IncomingMessage): WhySilent | null {
  if (statusCode === 200) return null
  return statusCode === 401 || statusCode === 403 ? 'forbidden' : 'admin server off'
}

/** @throws AnswerTooLarge; Error when the connection ends before the answer does. */
async function readBody(response: IncomingMessage, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    length += chunk.length
    if (length > maxBytes) throw new AnswerTooLarge('the answer is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length).toString('utf8')
}

function silence(error: Error): AdminSilence {
  if (error instanceof AnswerTooLarge) return new AdminSilence('too large', error.message)
  const { code } = error as NodeJS.ErrnoException
  // llhttp's names for what is no HTTP.
  if (code?.startsWith('HPE_')) return new AdminSilence('admin server off', error.message)
  return new AdminSilence('unreachable', error.message)
}
