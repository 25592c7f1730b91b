import type { Instrumentation } from 'next'

export async function register(): Promise<void> {
  // Next also loads this file for the edge runtime, where there is no process to look after.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { boot } = await import('./lib/server/boot')
  boot()
}

/** Failures that Next catches itself; what a person sees carries only the digest. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { log } = await import('./lib/server/log')
  log.error({ err: error, method: request.method, route: context.routePath, kind: context.routeType }, 'request failed')
}
