import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { zkCliArgument } from './zkcli'

/** As ZooKeeperMain reads a line. Java's \s is ASCII's alone. */
function parse(line: string): string[] {
  const pattern = /[ \t\n\v\f\r]*([^"'][^ \t\n\v\f\r]*|"[^"]*"|'[^']*')[ \t\n\v\f\r]*/g
  return [...line.matchAll(pattern)].map(([, value = '']) =>
    /^(["'])(.*)\1$/.test(value) ? value.slice(1, -1) : value,
  )
}

const path = fc
  .array(fc.constantFrom('a', '"', "'", ' ', '\\', '$', '!', '#', 'é'), { minLength: 1, maxLength: 8 })
  .map((letters) => `/${letters.join('')}`)

describe('zkCliArgument', () => {
  it('leaves what needs no quotes, and quotes blanks', () => {
    expect(zkCliArgument('/locks/a')).toBe('/locks/a')
    expect(zkCliArgument('/it\'s/"so"')).toBe('/it\'s/"so"')
    expect(zkCliArgument('/my lock')).toBe('"/my lock"')
    expect(zkCliArgument('/my "lock"')).toBe('\'/my "lock"\'')
    expect(zkCliArgument('')).toBe('""')
  })

  it('says where zkCli has no way to write it', () => {
    expect(zkCliArgument('/it\'s "my" lock')).toBeNull()
  })

  it('is read back by zkCli as it was', () => {
    fc.assert(
      fc.property(path, (argument) => {
        const written = zkCliArgument(argument)
        if (written === null) expect(argument).toMatch(/(?=.* )(?=.*")(?=.*')/)
        else expect(parse(`get -s ${written} x`)).toEqual(['get', '-s', argument, 'x'])
      }),
      { numRuns: 2000 },
    )
  })
})
