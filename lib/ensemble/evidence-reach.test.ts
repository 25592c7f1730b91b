import { describe, expect, it } from 'vitest'
import { reachesAll } from './evidence-reach'

const server = (id: string | null, told = true) => ({ id, told })
const reach = (members: string[] | null, asked: ReturnType<typeof server>[], learners: number | null = null) =>
  reachesAll({ members, asked, learners })

describe('every server has told', () => {
  it('when each member has, whatever others were asked', () => {
    expect(reach(['1', '2'], [server('1'), server('2')])).toBe(true)
    expect(reach(['1', '2'], [server('1'), server('2'), server(null, false)])).toBe(true)
    expect(reach(['1', '2'], [server('1'), server('1', false), server('2')])).toBe(true)
  })

  it('not when one of them has not, is not known, or nobody says how many there are', () => {
    expect(reach(['1', '2'], [server('1'), server('2', false)])).toBe(false)
    expect(reach(['1', '2', '3'], [server('1'), server('2')])).toBe(false)
    expect(reach(['1', '2'], [server('1'), server(null)])).toBe(false)
    expect(reach(null, [server('1'), server('2')])).toBe(false)
    expect(reach(['1'], [])).toBe(false)
  })

  it('on a standalone server, when all names of it have', () => {
    expect(reach([], [server(null)])).toBe(true)
    expect(reach([], [server(null), server(null, false)])).toBe(false)
    expect(reach([], [])).toBe(false)
  })

  it('when as many have as the leader has with it', () => {
    expect(reach(['1', '2', '3'], [server('1'), server('2'), server('3', false)], 1)).toBe(true)
    expect(reach(null, [server('1'), server('2'), server('3')], 2)).toBe(true)
    expect(reach(null, [server('1')], 0)).toBe(true)
    expect(reach(['1', '2', '3'], [server('1'), server('2')], 2)).toBe(false)
  })

  it('and one server under two names, or of unknown id, is not counted as two', () => {
    expect(reach(null, [server('1'), server('1')], 1)).toBe(false)
    expect(reach(null, [server('1'), server(null)], 1)).toBe(false)
  })
})
