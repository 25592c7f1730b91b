import { test as base } from '@playwright/test'
import { connect } from '@/lib/zookeeper/connect'
import type { Session } from '@/lib/zookeeper/session'
import { ensureBuild } from './build'
import { type SandboxEnsemble, startEnsemble } from './sandbox/ensemble'
import { startZoolens, type ZoolensServer } from './zoolens-server'

export interface World {
  /** Three real servers. */
  readonly ensemble: SandboxEnsemble
  /** Another client than Zoolens. */
  readonly other: Session
  readonly zoolens: ZoolensServer
}

/** The ids of the clusters that every spec finds configured. */
export const CLUSTER = 'test'
export const READ_ONLY_CLUSTER = 'frozen'
export const UNREACHABLE_CLUSTER = 'nowhere'
export const NOT_ZOOKEEPER_CLUSTER = 'website'

/** One ensemble and one Zoolens for all specs of a run; each spec works in a folder of its own. */
export const test = base.extend<{ folder: string }, { world: World }>({
  world: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to learn that nothing is needed.
    async ({}, use) => {
      await ensureBuild((line) => process.stderr.write(`${line}\n`))
      const ensemble = await startEnsemble({ servers: 3, tickTimeMs: 500 })
      const other = connect({ connect: ensemble.connect, sessionTimeoutMs: 10_000 })
      const website = await startEnsemble({ servers: 1 })
      const adminPort = website.servers[0]?.adminPort ?? 0
      const zoolens = await startZoolens({
        clusters: [
          { id: CLUSTER, name: 'Test ensemble', color: '#0b6e5f', connect: ensemble.connect },
          {
            id: READ_ONLY_CLUSTER,
            name: 'Frozen',
            color: '#4353b3',
            connect: ensemble.connect,
            readOnly: true,
            production: true,
          },
          { id: UNREACHABLE_CLUSTER, name: 'Nowhere', color: '#8a5a00', connect: '127.0.0.1:1' },
          { id: NOT_ZOOKEEPER_CLUSTER, name: 'A website', color: '#b3261e', connect: `127.0.0.1:${adminPort}` },
        ],
      })
      await use({ ensemble, other, zoolens })
      await other.close()
      await zoolens.stop()
      await Promise.all([ensemble.stop(), website.stop()])
    },
    { scope: 'worker', timeout: 240_000 },
  ],
  baseURL: async ({ world }, use) => use(world.zoolens.url),
  folder: async ({ world }, use, info) => {
    const path = `/spec-${info.testId.slice(-12)}-${info.repeatEachIndex}`
    await world.other.create(path, null)
    await use(path)
  },
})
