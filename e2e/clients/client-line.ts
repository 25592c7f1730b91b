import { z } from 'zod'

const session = z.string().regex(/^0x[0-9a-f]{1,16}$/)

/** What a client says of itself, one JSON a line. Times are its own clock's, ms since 1970; paths are absolute. */
export const clientLineSchema = z.object({
  at: z.number(),
  event: z.enum([
    'ready',
    'done', // a command was carried out
    'acquiring', // it asked its library for the lock, the leadership, an item
    'created', // its library made `node`
    'watches', // its library watches `on`; a list of children is "<path>/<children>"
    'acquired', // its library gave it what it asked for
    'releasing', // it is about to give it back
    'deleted', // its library deleted `node`
    'idle', // it has given it back
    'lost', // its library says that its session is over
    'failed',
  ]),
  who: z.string().nullish(),
  node: z.string().optional(),
  on: z.string().optional(),
  session: session.nullish(),
})

export type ClientLine = z.infer<typeof clientLineSchema>

export const WATCHED_LIST = '/<children>'
