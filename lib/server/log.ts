import pino from 'pino'

/**
 * JSON lines on stdout, without transports (their worker threads break in a bundled server). Nothing secret is handed to
 * it: credentials stay in the settings, values of znodes stay in their requests.
 */
export const log = pino({
  base: null,
  level: process.env.ZOOLENS_LOG_LEVEL ?? 'info',
  timestamp: pino.stdTimeFunctions.isoTime,
})
