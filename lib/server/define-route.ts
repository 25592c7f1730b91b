import { z } from 'zod'
import type { Ensemble } from '@/lib/ensemble/ensemble'
import { describeFailure, Failure, isUnexpected } from '@/lib/ensemble/failure'
import type { Viewer } from '@/lib/ensemble/reads'
import type { ErrorResponse } from '@/lib/queries/responses'
import type { AppError } from '@/lib/znode/app-error'
import { httpStatusOf } from '@/lib/znode/http-status'
import { checkPath } from '@/lib/znode/path'
import { ZooKeeperError } from '@/lib/zookeeper/errors'
import { authorise, type Principal } from './gate'
import { log } from './log'
import { countRequest } from './metrics'
import { ensembleOf, runtime } from './runtime'

export interface RouteRequest<Query> {
  readonly query: Query
  readonly principal: Principal
  readonly signal: AbortSignal
  readonly headers: Headers
}

export interface ClusterRequest<Query> extends RouteRequest<Query> {
  readonly ensemble: Ensemble
  /** Who wants to hear of changes to what is read here, or null. */
  readonly viewer: Viewer | null
}

type Handler = (request: Request, context: { params: Promise<Record<string, string>> }) => Promise<Response>

/** A znode path from outside. */
export const pathSchema = z.string().superRefine((path, context) => {
  const problem = checkPath(path)
  // The sentence of the rule that is broken travels through zod as it is; badRequest() below finds it again.
  if (problem) context.addIssue({ code: 'custom', message: problem.message, params: { problem } })
})

/** "<stream>.<tab>", both chosen at random by the browser: whoever does not know them cannot disturb them. */
export const viewerSchema = z.string().regex(/^[0-9a-f-]{36}\.[0-9a-z]{1,16}$/)

const HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/**
 * A GET route: who asks, may they, what do they ask (parsed by `schema`), the answer as JSON or a Response of its own.
 * Failures become `{ error }` with a fitting status.
 */
export function defineRoute<Query extends z.ZodType>(
  schema: Query,
  answer: (request: RouteRequest<z.infer<Query>>) => unknown,
): Handler {
  return (request) => respond(request, () => answer(parseRequest(request, schema)))
}

/** A GET route below /api/clusters/[cluster]. */
export function defineClusterRoute<Query extends z.ZodObject>(
  schema: Query,
  answer: (request: ClusterRequest<z.infer<Query>>) => unknown,
): Handler {
  const withViewer = schema.extend({ viewer: viewerSchema.optional() })
  return (request, context) =>
    respond(request, async () => {
      const { cluster } = await context.params
      const parsed = parseRequest(request, withViewer)
      const ensemble = ensembleOf(cluster ?? '')
      const [stream, tab] = (parsed.query as { viewer?: string }).viewer?.split('.') ?? []
      const viewer = stream && tab ? runtime().streams.viewer(ensemble, stream, tab) : null
      return answer({ ...parsed, query: parsed.query as z.infer<Query>, ensemble, viewer })
    })
}

async function respond(request: Request, answer: () => unknown): Promise<Response> {
  const route = new URL(request.url).pathname.replace(/^(\/api\/clusters\/)[^/]+/, '$1:cluster')
  let status = 200
  try {
    const result = await answer()
    if (result instanceof Response) return result
    return Response.json(result, { headers: HEADERS })
  } catch (thrown) {
    const error = describeFailure(thrown)
    status = httpStatusOf(error.code)
    if (isUnexpected(thrown)) log.error({ route, err: thrown }, 'route failed')
    return Response.json({ error } satisfies ErrorResponse, { status, headers: HEADERS })
  } finally {
    countRequest(route, status)
  }
}

function parseRequest<Query extends z.ZodType>(request: Request, schema: Query): RouteRequest<z.infer<Query>> {
  const principal = authorise(request.headers)
  const parsed = schema.safeParse(queryOf(new URL(request.url).searchParams))
  if (!parsed.success) throw badRequest(parsed.error)
  return { query: parsed.data, principal, signal: request.signal, headers: request.headers }
}

/** A key that comes more than once is an array; without a prototype, because the names come from outside. */
function queryOf(params: URLSearchParams): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null)
  for (const key of new Set(params.keys())) {
    const values = params.getAll(key)
    query[key] = values.length === 1 ? (values[0] as string) : values
  }
  return query
}

/** What zod found, as one of our failures. */
export function badRequest(error: z.ZodError): Error {
  const issue = error.issues[0]
  const problem: unknown = issue?.code === 'custom' ? issue.params?.problem : undefined
  if (problem) return new Failure(problem as AppError)
  const key = issue?.path.map(String).join('.') ?? ''
  return new ZooKeeperError('BadRequest', { detail: key === '' ? issue?.message : `${key}: ${issue?.message}` })
}
