import type { AppError } from '@/lib/znode/app-error'

/** What to say when the Zoolens server itself gives no answer, or one without words. */

export const SERVER_SILENT: AppError = {
  code: 'Unreachable',
  message: 'The Zoolens server did not answer.',
  hint: 'Check that it is still running and that this browser can reach it; the page goes on by itself when it is back.',
}

/** Node's HTTP server takes 16 KiB of a request's address and headers (--max-http-header-size). */
const TOO_LONG_FOR_HTTP = 431

export function wordlessAnswer(status: number): AppError {
  if (status !== TOO_LONG_FOR_HTTP)
    return { code: 'Internal', message: `The server answered ${status}.`, hint: 'Its log says why.' }
  return {
    code: 'BadRequest',
    message:
      'This path is too long for the address of a request, which holds some 16 KiB with every special character written in three bytes or more.',
    hint: 'Use zkCli for this znode, or start Zoolens with a larger limit: NODE_OPTIONS=--max-http-header-size=65536.',
  }
}
