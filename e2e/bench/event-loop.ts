import { EVENTS, MANY, startLongServer } from './event-loop-server'
import { startScript } from './program'
import { type Figure, judged, type Row } from './row'

const LONGEST_MS = 50
const RUNS = 5

const CASES = {
  names: 'a list of 1,000,000 names',
  value: 'a value of 60 MiB',
  results: `a transaction of ${MANY.toLocaleString('en')} operations`,
  errors: `${MANY.toLocaleString('en')} reads in one request, all refused`,
  events: `${EVENTS.toLocaleString('en')} events at once`,
  request: 'a request of 1 MiB',
} as const

/** No frame, however long, may keep everybody else waiting: the longest turn of a session's event loop. */
export const eventLoop: Row = {
  id: 'event-loop',
  async run(): Promise<Figure[]> {
    const server = await startLongServer()
    const client = startScript('event-loop-client.ts', [server.connect])
    try {
      const figures: Figure[] = []
      for (const [id, what] of Object.entries(CASES)) {
        const turns: number[] = []
        const cpu: number[] = []
        for (let run = 0; run < RUNS; run++) {
          const [longest, used] = (await client.ask(id)).split(' ').map(Number)
          turns.push(longest ?? Number.NaN)
          cpu.push(used ?? Number.NaN)
        }
        const measured = `${list(turns)} ms, of it CPU ${list(cpu)} ms`
        figures.push(judged(`longest turn: ${what}`, `< ${LONGEST_MS} ms`, measured, Math.max(...turns) < LONGEST_MS))
      }
      return figures
    } finally {
      await client.stop()
      await server.close()
    }
  },
}

function list(times: readonly number[]): string {
  return times.map((time) => time.toFixed(0)).join(', ')
}
