import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CLIENT_PLANS, SLOW_MS } from './clients/client-plans'
import { QueueRun } from './clients/queue-run'
import { RealClient } from './clients/real-client'
import { askRecipe } from './clients/recipe-route'
import { RecipeRun } from './clients/recipe-run'
import { requireClient } from './clients/require-client'
import { type SandboxEnsemble, startEnsemble } from './sandbox/ensemble'
import { until } from './sandbox/until'

/** The longest that this ensemble grants: nobody's session ends here because a machine is busy. */
const SESSION_TIMEOUT_MS = 10_000
/** Of each recipe, all told to stand still. */
const FROZEN_MOMENTS = 12
/** Hand-offs of each fast recipe between two of them. */
const HAND_OFFS = 5
/** Of each slow recipe, while it goes on. */
const RUNNING_MOMENTS = 4

let ensemble: SandboxEnsemble

beforeAll(async () => {
  ensemble = await startEnsemble({ servers: 3 })
  process.env.ZOOLENS_CONNECT = ensemble.connect
})

afterAll(() => ensemble?.stop())

describe.each(CLIENT_PLANS)('$name', ({ name, program: getProgram, runs: plans, queues }) => {
  const runs: (RecipeRun | QueueRun)[] = []
  let client: RealClient | undefined

  afterAll(async () => {
    await client?.kill()
    for (const { path, summary, differences } of runs) {
      process.stdout.write(`${name}: ${path}: ${summary}; ${differences.length} differences\n`)
    }
  })

  test('holders, order and edges are those that its contenders log', { timeout: 600_000 }, async ({ skip }) => {
    const program = await requireClient(name, getProgram)
    if ('missing' in program) return skip(program.missing)
    const started = RealClient.start(program, ensemble.connect, SESSION_TIMEOUT_MS, (line) => {
      for (const run of runs) run.hear(line)
    })
    client = started
    const pathOf = (recipe: string, holdMs: number) => `/${name}-${recipe}-${holdMs}`.toLowerCase()
    const lines = plans.map((plan) => new RecipeRun(started, plan, pathOf(plan.recipe, plan.holdMs), askRecipe))
    const slow = lines.filter(({ plan }) => plan.holdMs === SLOW_MS)
    runs.push(...lines, ...queues.map((plan) => new QueueRun(started, plan, pathOf(plan.recipe, 0), askRecipe)))
    const fast = runs.filter((run) => !slow.some((other) => other === run))

    await started.tell({ do: 'freeze' })
    for (const run of runs) await run.start()
    for (let moment = 1; moment <= FROZEN_MOMENTS; moment++) {
      for (const run of runs) await run.compareFrozen()
      const before = new Map(fast.map((run) => [run, run.progress + HAND_OFFS]))
      await started.tell({ do: 'thaw' })
      await until(
        'everybody fast has gone on',
        async () => fast.every((run) => run.progress >= (before.get(run) ?? 0)),
        {
          timeoutMs: 60_000,
        },
      )
      if (moment < FROZEN_MOMENTS) await started.tell({ do: 'freeze' })
    }
    await Promise.all(
      slow.map((run) => {
        const wanted = run.moments + RUNNING_MOMENTS
        return until(
          `${run.path} was seen at rest`,
          async () => (await run.compareRunning()) && run.moments >= wanted,
          // On a busy machine few answers come before somebody has gone on.
          { timeoutMs: 120_000 },
        )
      }),
    )
    expect(runs.flatMap(({ differences }) => differences)).toEqual([])
  })
})
