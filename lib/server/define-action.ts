import { headers } from 'next/headers'
import type { z } from 'zod'
import type { Ensemble } from '@/lib/ensemble/ensemble'
import { describeFailure, isUnexpected } from '@/lib/ensemble/failure'
import type { Result } from '@/lib/znode/app-error'
import { ZooKeeperError } from '@/lib/zookeeper/errors'
import { badRequest } from './define-route'
import { authoriseWrite } from './gate'
import { log } from './log'
import { countWrite } from './metrics'
import { ensembleOf, runtime } from './runtime'

/** Every write says which cluster and which znode it is about. */
interface Target {
  readonly cluster: string
  readonly path: string
}

/**
 * A server action: parse, who, may they, read-only gate, do it, audit. Every action is a public POST endpoint, whatever
 * the page shows. Returns a Result: Next masks whatever is thrown.
 */
export function defineAction<Schema extends z.ZodType<Target>, T>(
  name: string,
  schema: Schema,
  perform: (ensemble: Ensemble, input: z.infer<Schema>) => Promise<T>,
): (input: unknown) => Promise<Result<T>> {
  return async (input) => {
    const audit: Record<string, unknown> = { action: name }
    try {
      const parsed = schema.safeParse(input)
      if (!parsed.success) throw badRequest(parsed.error)
      const { cluster, path } = parsed.data
      Object.assign(audit, { cluster, path, version: (parsed.data as { version?: number }).version })
      audit.who = authoriseWrite(await headers(), cluster).name
      const ensemble = ensembleOf(cluster)
      if (runtime().stopping) throw new ZooKeeperError('Closed', { path })
      const value = await perform(ensemble, parsed.data)
      audit.result = 'ok'
      return { ok: true, value }
    } catch (thrown) {
      const error = describeFailure(thrown)
      audit.result = error.code
      if (isUnexpected(thrown)) log.error({ action: name, err: thrown }, 'action failed')
      return { ok: false, error }
    } finally {
      countWrite(name, String(audit.result))
      log.info(audit, 'audit')
    }
  }
}
