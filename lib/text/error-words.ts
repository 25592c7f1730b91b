/** What is known about a failure besides its code. Nothing of it may be a secret: it is shown as it is. */
export interface ErrorContext {
  readonly path?: string | undefined
  /** "host:port" that failed, or the connect string without credentials. */
  readonly server?: string | undefined
  /** The cause in a few words, such as "connect ECONNREFUSED 10.0.0.1:2181". Only its first line is shown. */
  readonly detail?: string | undefined
}

/** First what happened, then what to do about it. */
export type Sentences = (context: ErrorContext) => readonly [message: string, hint: string]

const MAX_DETAIL = 240

export const node = (c: ErrorContext) => (c.path === undefined ? 'the znode' : c.path)
export const Node = (c: ErrorContext) => (c.path === undefined ? 'The znode' : c.path)
export const server = (c: ErrorContext) => (c.server === undefined ? 'the ensemble' : c.server)
export const Server = (c: ErrorContext) => (c.server === undefined ? 'The ensemble' : c.server)

/** First line only: what follows it in an exception is a stack trace. */
function detail(c: ErrorContext): string {
  const line = (c.detail ?? '').trimStart().split(/[\r\n]/, 1)[0] ?? ''
  const short = line.length > MAX_DETAIL ? `${line.slice(0, MAX_DETAIL)}…` : line
  return short.trim().replace(/[.\s]+$/, '')
}

/** A sentence with the cause behind it, if one is known. */
export function because(c: ErrorContext, sentence: string): string {
  const cause = detail(c)
  return cause === '' ? `${sentence}.` : `${sentence}: ${cause}.`
}
