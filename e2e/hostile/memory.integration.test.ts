import { expect, test } from 'vitest'
import { ATTACKS } from './attacks'
import { measureMemory } from './memory'

/** MiB. */
const MOST = 20

test.each(Object.keys(ATTACKS).filter((attack) => ATTACKS[attack]?.withinLimits !== true))(
  'a session does not grow by 20 MB under %s',
  async (attack: string) => {
    const { peak, connections } = await measureMemory(attack)
    expect(connections).toBeGreaterThan(0)
    expect(peak).toBeLessThan(MOST)
  },
)
