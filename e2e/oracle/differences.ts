import { shownOf } from '@/components/tree/screen'
import type { Directory } from '@/lib/tree/directory'
import { joinPath } from '@/lib/znode/path'
import type { StatJson } from '@/lib/znode/stat'
import type { SimulatedBrowser } from './simulated-browser'
import { childrenByDirectory, type Truth } from './truth'
import type { MirrorView } from './zoolens-host'

/** What a znode is compared on. */
const FIELDS = [
  'czxid',
  'mzxid',
  'ctime',
  'mtime',
  'version',
  'cversion',
  'aversion',
  'ephemeralOwner',
  'dataLength',
  'numChildren',
  'pzxid',
] as const satisfies readonly (keyof StatJson)[]

/** Compares what Zoolens and its browsers hold with what another client reads, and notes every difference. */
export class Differences {
  readonly found: string[] = []
  /** Znodes looked at: as a name in a list, as figures, as data. */
  compared = 0
  readonly #children: ReadonlyMap<string, readonly string[]>

  /** @param skipAversion ZooKeeper sends no event when an ACL changes; only the audit finds that. */
  constructor(
    private readonly truth: Truth,
    private readonly skipAversion: boolean,
  ) {
    this.#children = childrenByDirectory(truth)
  }

  mirror(path: string, view: MirrorView | null): void {
    const who = `the mirror, ${path}`
    const names = this.#children.get(path)
    if (view === null || names === undefined) {
      if (view !== null || names !== undefined)
        this.#note(who, names ? 'there' : 'not there', view ? 'there' : 'not there')
      return
    }
    this.#names(who, names, view.names)
    const pzxid = this.truth.get(path)?.stat.pzxid
    if (view.pzxid !== pzxid) this.#note(`${who}, pzxid`, pzxid, view.pzxid)
    for (const [name, stat] of Object.entries(view.stats)) this.#stat('the mirror', joinPath(path, name), stat)
  }

  browser(id: number, browser: SimulatedBrowser): void {
    const who = `browser ${id}`
    const { rows, rowWindow, stats } = browser.tree
    for (const directory of rows.directories()) this.#directory(who, directory)
    for (const [directory, { names }] of shownOf(rows, rowWindow)) {
      for (const name of names) {
        const path = joinPath(directory.path, name)
        const stat = stats.statOf(path)
        if (stat === undefined || stat === null || 'error' in stat) this.#note(`${who}, ${path}`, 'figures', stat)
        else this.#stat(who, path, stat)
      }
    }
    this.#node(who, browser)
  }

  #directory(who: string, directory: Directory): void {
    const { path, loaded, error, total } = directory
    const names = this.#children.get(path)
    if (names === undefined || error !== null || !loaded) {
      this.#note(`${who}, ${path}`, names ? `${names.length} children` : 'not there', error?.code ?? { loaded, total })
      return
    }
    const all = directory.names()
    if (all !== null) {
      this.#names(`${who}, ${path}`, names, all)
      return
    }
    // A long list of which some pages are loaded.
    if (total !== names.length) this.#note(`${who}, ${path}`, names.length, total)
    for (let i = 0; i < total; i++) {
      const name = directory.nameAt(i)
      if (name === undefined) continue
      this.compared++
      if (name !== names[i]) this.#note(`${who}, ${path}, child ${i}`, names[i], name)
    }
  }

  #node(who: string, { node }: SimulatedBrowser): void {
    if (node === null) return
    const { path, answer, error } = node
    const real = this.truth.get(path)
    this.compared++
    if (real === undefined) {
      if (error !== 'NoNode') this.#note(`${who}, open ${path}`, 'NoNode', error ?? 'still shown')
    } else if (error !== null || answer === null) this.#note(`${who}, open ${path}`, 'its data', error ?? 'not read')
    else {
      if (answer.data !== real.data) this.#note(`${who}, data of ${path}`, real.data, answer.data)
      this.#stat(`${who}, open`, path, answer.stat)
    }
  }

  #names(who: string, real: readonly string[], held: readonly string[]): void {
    this.compared += Math.max(real.length, held.length)
    const known = new Set(held)
    const there = new Set(real)
    for (const name of real) if (!known.has(name)) this.#note(`${who}, ${name}`, 'there', 'missing')
    for (const name of held) if (!there.has(name)) this.#note(`${who}, ${name}`, 'not there', 'shown')
    if (known.size !== held.length) this.#note(who, 'each name once', `${held.length - known.size} twice`)
    else if (known.size === there.size && !real.every((name, i) => held[i] === name)) this.#note(who, 'sorted', 'not')
  }

  #stat(who: string, path: string, held: StatJson): void {
    this.compared++
    const real = this.truth.get(path)?.stat
    if (real === undefined) {
      this.#note(`${who}, ${path}`, 'not there', `czxid ${held.czxid}`)
      return
    }
    for (const field of FIELDS) {
      if (field === 'aversion' && this.skipAversion) continue
      if (real[field] !== held[field]) this.#note(`${who}, ${path}, ${field}`, real[field], held[field])
    }
  }

  #note(what: string, ensemble: unknown, zoolens: unknown): void {
    this.found.push(
      `${what}: the ensemble has ${JSON.stringify(ensemble)}, Zoolens ${JSON.stringify(zoolens) ?? 'nothing'}`,
    )
  }
}
