import { Ensemble } from '@/lib/ensemble/ensemble'
import { readChildren, readStats } from '@/lib/ensemble/reads'
import type { ChangeKind, Gap } from '@/lib/live/protocol'
import { startBreakableLink } from '@/lib/zookeeper/testing/breakable-link'
import { until } from '../sandbox/until'
import { type Bench, type Check, same } from './check'

interface View {
  readonly ensemble: Ensemble
  readonly kinds: (path: string) => ChangeKind[]
  readonly below: (path: string) => number
  readonly gaps: readonly Omit<Gap, 'type' | 'cluster'>[]
  /** Breaks every connection while `work` goes on. */
  breakDuring(work: () => Promise<unknown>): Promise<void>
}

/** A browser that looks at the folder, its rows with their stats. */
async function looking({ connect, path }: Bench, rows: readonly string[], check: (view: View) => Promise<unknown>) {
  const link = await startBreakableLink(Number(connect.split(':').at(-1)))
  const ensemble = new Ensemble({ id: 'versions', connect: { connect: link.connect }, log: () => undefined })
  const nodes: { path: string; kind: ChangeKind }[] = []
  const below = new Map<string, number>()
  const gaps: Omit<Gap, 'type' | 'cluster'>[] = []
  const subscription = ensemble.mirror.subscribe((changes) => {
    nodes.push(...changes.nodes.filter(({ count }) => count > 0))
    for (const [at, count] of Object.entries(changes.below)) below.set(at, (below.get(at) ?? 0) + count)
  })
  ensemble.onGap((gap) => gaps.push(gap))
  const viewer = { subscription, tab: 'a' }
  try {
    await readChildren(ensemble, { path, from: 0, count: 100, sort: 'name', filter: '' }, viewer)
    await readStats(ensemble, path, rows, viewer)
    // Where watches are set row by row, all of them are.
    const all = ensemble.connection().liveness === 'every change' ? 1 : rows.length + 1
    await until('everything is watched', async () => ensemble.load().watches === all)
    await check({
      ensemble,
      gaps,
      kinds: (at) => nodes.filter((node) => node.path === at).map(({ kind }) => kind),
      below: (at) => below.get(at) ?? 0,
      breakDuring: async (work) => {
        link.blackHole = true
        await work()
        link.cut()
        link.blackHole = false
      },
    })
  } finally {
    await ensemble.close()
    await link.close()
  }
}

async function folder({ other, path }: Bench, rows: readonly string[]): Promise<void> {
  await other.create(path, null)
  for (const name of rows) await other.create(`${path}/${name}`, Buffer.from('1'))
}

/** What a browser sees, one line of the table each. */
export const MIRROR_CHECKS: readonly Check[] = [
  {
    name: 'a shown folder and its rows are live',
    async run(bench) {
      const { other, path } = bench
      await folder(bench, ['a', 'b'])
      let liveness = ''
      await looking(bench, ['a', 'b'], async ({ ensemble, kinds }) => {
        liveness = ensemble.connection().liveness
        await other.setData(`${path}/a`, Buffer.from('2'), 0)
        await other.create(`${path}/c`, null)
        await other.delete(`${path}/b`, 0)
        await until(
          'all three',
          async () => kinds(`${path}/a`).length + kinds(`${path}/b`).length + kinds(`${path}/c`).length >= 3,
        )
        same(
          [kinds(`${path}/a`), kinds(`${path}/b`), kinds(`${path}/c`)],
          [['changed'], ['deleted'], ['created']],
          'told',
        )
      })
      return liveness
    },
  },
  {
    name: 'a change below a closed folder is told',
    feature: 'addWatch',
    async run(bench) {
      await folder(bench, ['closed'])
      const deep = `${bench.path}/closed/deep`
      await looking(bench, ['closed'], async ({ below }) => {
        await bench.other.create(deep, null)
        await until('told', async () => below(`${bench.path}/closed`) === 1)
      })
    },
  },
  {
    name: 'what changed while the link was broken is found, a znode made anew too',
    async run(bench) {
      const { other, path } = bench
      await folder(bench, ['changed', 'deleted', 'remade'])
      await looking(bench, ['changed', 'deleted', 'remade'], async ({ breakDuring, kinds, gaps }) => {
        await breakDuring(async () => {
          await other.setData(`${path}/changed`, Buffer.from('2'), 0)
          await other.delete(`${path}/deleted`, 0)
          await other.delete(`${path}/remade`, 0)
          await other.create(`${path}/remade`, Buffer.from('1'))
        })
        await until('the gap is told', async () => gaps.length === 1)
        const told = () => ['changed', 'deleted', 'remade'].map((name) => kinds(`${path}/${name}`).at(-1))
        await until('told', async () => told().join() === 'changed,deleted,recreated')
      })
    },
  },
]
