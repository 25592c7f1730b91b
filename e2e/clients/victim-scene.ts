import type { SandboxEnsemble } from '../sandbox/ensemble'
import { type NetworkProxy, startProxy } from '../sandbox/proxy'
import { until } from '../sandbox/until'
import type { ClientProgram } from './client-program'
import { ContenderLog } from './contender-log'
import { LockPage } from './lock-page'
import { loggedRecipe } from './logged-recipe'
import { RealClient } from './real-client'

const OTHERS = 3

/** A mutex whose holder is to come to harm, with three who wait behind it, and the page that shows it. */
export class VictimScene {
  readonly log: ContenderLog
  /** "0x..." of the victim, once it holds. */
  session = ''
  lost = false

  private constructor(
    path: string,
    readonly victim: RealClient,
    readonly others: RealClient,
    readonly proxies: readonly NetworkProxy[],
    readonly page: LockPage,
  ) {
    this.log = new ContenderLog(path, 'c-')
  }

  static async set(
    program: ClientProgram,
    ensemble: SandboxEnsemble,
    path: string,
    sessionTimeoutMs: number,
  ): Promise<VictimScene> {
    const proxies = await Promise.all(ensemble.servers.map(({ clientPort }) => startProxy(clientPort)))
    const viaProxies = proxies.map(({ connect }) => connect).join(',')
    let scene: VictimScene | undefined
    const client = (connect: string) =>
      RealClient.start(program, connect, sessionTimeoutMs, (line) => {
        if (line.event === 'lost') Object.assign(scene ?? {}, { lost: true })
        else scene?.log.add(line)
      })
    const [victim, others] = [client(viaProxies), client(ensemble.connect)]
    const page = await LockPage.open(ensemble.connect, path)
    scene = new VictimScene(path, victim, others, proxies, page)
    await scene.#queue(path)
    return scene
  }

  async #queue(path: string): Promise<void> {
    const command = { do: 'start', recipe: 'mutex', path, holdMs: 0 } as const
    await this.victim.tell({ do: 'freeze' })
    await this.others.tell({ do: 'freeze' })
    await this.victim.tell({ ...command, prefix: 'c-', count: 1, sessions: 1 })
    await until('the victim holds', async () => this.log.grants.length === 1)
    const [node] = this.log.nodes.values()
    this.session = `0x${BigInt.asUintN(64, node?.session ?? 0n).toString(16)}`
    await this.others.tell({ ...command, prefix: 'c-1', count: OTHERS, sessions: OTHERS })
    await until('the others wait', async () => this.log.isSettled(1 + OTHERS, 1))
  }

  get said(): ReturnType<typeof loggedRecipe> {
    return loggedRecipe(this.log)
  }

  async clear(): Promise<void> {
    // A stopped process does not end before it goes on, unless by SIGKILL.
    await Promise.all([this.victim.kill(), this.others.kill(), this.page.close()])
    await Promise.all(this.proxies.map((proxy) => proxy.close()))
  }
}
