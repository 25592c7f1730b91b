import type { ContenderView } from '@/lib/queries/lock-responses'

/** Neighbours in the order that share a lane and a state: readers that hold together, readers that wait together. */
export interface Run {
  readonly lane: 'shared' | 'exclusive'
  readonly state: ContenderView['state']
  readonly contenders: readonly ContenderView[]
}

/** The order of a read-write lock in runs. Who has no lane stands with the exclusive ones, as he keeps everybody out. */
export function runsOf(contenders: readonly ContenderView[]): readonly Run[] {
  const runs: { lane: Run['lane']; state: Run['state']; contenders: ContenderView[] }[] = []
  for (const contender of contenders) {
    const lane = contender.lane ?? 'exclusive'
    const last = runs.at(-1)
    if (lane === 'shared' && last?.lane === lane && last.state === contender.state) last.contenders.push(contender)
    else runs.push({ lane, state: contender.state, contenders: [contender] })
  }
  return runs
}

export interface RunEdge {
  readonly from: number
  /** Index of the run that has the znode. */
  readonly to: number
  readonly proof: 'confirmed' | 'contradicted' | 'unknown'
  readonly sameLane: boolean
}

/** Who waits for whom, between runs: one arrow for all who wait together for the same, as doubtful as the worst of them. */
export function runEdges(runs: readonly Run[]): readonly RunEdge[] {
  const runOf = new Map<string, number>()
  for (const [index, { contenders }] of runs.entries()) for (const { name } of contenders) runOf.set(name, index)
  const edges = new Map<string, RunEdge>()
  for (const [from, { lane, contenders }] of runs.entries()) {
    for (const { on, proof } of contenders.flatMap(({ waitsOn }) => waitsOn)) {
      const to = runOf.get(on)
      if (to === undefined || to === from) continue
      const key = `${from} ${to}`
      const before = edges.get(key)
      if (before === undefined || WORSE[proof] > WORSE[before.proof])
        edges.set(key, { from, to, proof, sameLane: runs[to]?.lane === lane })
    }
  }
  return [...edges.values()]
}

const WORSE = { confirmed: 0, unknown: 1, contradicted: 2 } as const
