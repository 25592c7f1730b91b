import { expect, test } from 'vitest'
import { runEdges, runsOf } from './lane-runs'
import { contender } from './lock-fixture'

const reader = (n: number, on?: string) =>
  contender(n, { lane: 'shared', ...(on === undefined ? { state: 'holds' } : { waitsOn: [{ on, proof: 'unknown' }] }) })
const writer = (n: number, on: string) => contender(n, { lane: 'exclusive', waitsOn: [{ on, proof: 'confirmed' }] })

test('readers that stand together are one run, writers one each', () => {
  const holds = [reader(1), reader(2)]
  const write = writer(3, holds[1]?.name ?? '')
  const write2 = writer(4, write.name)
  const late = [reader(5, write.name), reader(6, write.name)]
  const runs = runsOf([...holds, write, write2, ...late])
  expect(runs.map(({ contenders }) => contenders.length)).toEqual([2, 1, 1, 2])
  expect(runEdges(runs)).toEqual([
    { from: 1, to: 0, proof: 'confirmed', sameLane: false },
    { from: 2, to: 1, proof: 'confirmed', sameLane: true },
    { from: 3, to: 1, proof: 'unknown', sameLane: false },
  ])
})

test('one arrow for all that wait together is as doubtful as the worst of them', () => {
  const write = writer(1, 'somebody who is not shown')
  const late = [
    contender(2, { lane: 'shared', waitsOn: [{ on: write.name, proof: 'confirmed' }] }),
    contender(3, { lane: 'shared', waitsOn: [{ on: write.name, proof: 'contradicted', watches: 'x' }] }),
  ]
  expect(runEdges(runsOf([write, ...late]))).toEqual([{ from: 1, to: 0, proof: 'contradicted', sameLane: false }])
})
