import { z } from 'zod'
import { defineRoute } from '@/lib/server/define-route'

/** The process is alive. It never asks an ensemble: an outage there must not restart the tool that shows it. */
export const GET = defineRoute(z.object({}), () => ({ status: 'ok' }))
