import { type ClientLine, WATCHED_LIST } from './client-line'

/** 'asks' since it asked its library; 'holds' until it begins to give back; 'between' while it gives back. */
type ContenderState = 'asks' | 'holds' | 'between' | 'idle' | 'lost'

export interface LoggedContender {
  readonly who: string
  state: ContenderState
  /** Those of its znodes that are there, oldest first. */
  readonly nodes: string[]
  /** What its library watched last. */
  watches: string | null
}

export interface LoggedNode {
  readonly who: string
  readonly session: bigint
}

/** Below, or beside, the path of a recipe: directories, which are made by contenders as well. */
const DIRECTORIES = new Set(['', '/locks', '/leases', '/entries', '/taken', '-__lock__', '-locks'])

/** What clients have said so far of one recipe: of everything whose path begins with the recipe's. */
export class ContenderLog {
  readonly contenders = new Map<string, LoggedContender>()
  /** Those that are there. */
  readonly nodes = new Map<string, LoggedNode>()
  /** The znodes with which somebody got what he asked for, in the order in which that was said. */
  readonly grants: string[] = []
  /** Grows with every line that is about this recipe. */
  revision = 0

  /** @param prefix begins the name of each of its contenders, and of nobody else: "mutex-". */
  constructor(
    readonly path: string,
    private readonly prefix: string,
  ) {}

  add(line: ClientLine): void {
    const { who } = line
    if (typeof who !== 'string' || who.slice(0, who.lastIndexOf('-') + 1) !== this.prefix) return
    this.revision++
    const contender = this.#contender(who)
    switch (line.event) {
      case 'created':
        this.#created(contender, line)
        break
      case 'deleted':
        this.#deleted(line.node ?? '')
        break
      case 'watches':
        contender.watches = line.on ?? null
        break
      case 'acquiring':
        contender.state = 'asks'
        contender.watches = null
        break
      case 'acquired':
        contender.state = 'holds'
        this.grants.push(contender.nodes.at(-1) ?? '')
        break
      case 'releasing':
        contender.state = 'between'
        break
      case 'idle':
      case 'lost':
        contender.state = line.event
        break
      default:
        throw new Error(`${who}: ${line.event}`)
    }
  }

  #created(contender: LoggedContender, { node = '', session }: ClientLine): void {
    if (!node.startsWith(this.path) || DIRECTORIES.has(node.slice(this.path.length))) return
    if (typeof session !== 'string') throw new Error(`${contender.who} does not know its session`)
    // LeaderSelector queues again by itself.
    if (contender.state === 'between') contender.state = 'asks'
    contender.watches = null
    contender.nodes.push(node)
    this.nodes.set(node, { who: contender.who, session: BigInt.asIntN(64, BigInt(session)) })
  }

  #deleted(node: string): void {
    const logged = this.nodes.get(node)
    if (logged === undefined) return
    this.nodes.delete(node)
    const { nodes } = this.#contender(logged.who)
    nodes.splice(nodes.indexOf(node), 1)
  }

  #contender(who: string): LoggedContender {
    let contender = this.contenders.get(who)
    if (contender === undefined) {
      contender = { who, state: 'between', nodes: [], watches: null }
      this.contenders.set(who, contender)
    }
    return contender
  }

  /**
   * Whether, as far as was said, nothing can happen any more unless somebody releases or asks: who asks watches what is
   * there. `count` is how many contenders there should be; `permits` how many may hold, where waiters watch a list.
   */
  isSettled(count: number, permits: number | null): boolean {
    const all = [...this.contenders.values()]
    const holding = all.filter(({ state }) => state === 'holds').length
    return (
      all.length === count &&
      all.every(({ state, nodes, watches }) => {
        if (state === 'idle') return nodes.length === 0
        if (state !== 'asks') return state === 'holds'
        if (nodes.length === 0 || watches === null) return false
        return watches.endsWith(WATCHED_LIST) ? holding === permits : this.nodes.has(watches)
      })
    )
  }
}
