import type { LiveClient } from '@/lib/live/client'
import type { ChildSort } from '@/lib/queries/responses'
import type { Directory } from '@/lib/tree/directory'
import { TreeRows } from '@/lib/tree/rows'
import { RowWindow } from '@/lib/tree/window'
import type { AppError } from '@/lib/znode/app-error'
import { parentOf } from '@/lib/znode/path'
import { ListLoader } from './list-loader'
import { followLive } from './live-feed'
import { Paced } from './paced'
import { Pulses } from './pulses'
import { Releases } from './releases'
import { anchorsOf, nodeAtOrAbove, offsetAfter, shownOf } from './screen'
import { StatLoader } from './stat-loader'

export const ROW_HEIGHT = 26
/** What comes from the ensemble is drawn at most ten times a second; what a person does is drawn at once. */
const DRAWINGS_A_SECOND = 10
/** Ends of pulses and tombstones wait for what is news, ms. */
const END_WITHIN_MS = 200
/** Nothing is shown as loading before this, ms: most lists are there by then. */
const SKELETON_MS = 150

export interface Filter {
  readonly path: string
  readonly text: string
}

/** What a drawing of the tree is made of. A new object for every drawing; `rows` inside it is the living model. */
export interface TreeView {
  readonly rows: TreeRows
  /** The row of the keyboard; always one of the rows. */
  readonly active: string
  readonly selected: string | null
  readonly sort: ChildSort
  readonly filter: Filter | null
}

/** The tree of one cluster: open directories, what is on the screen of them, and what the live stream says about it. */
export class TreeStore {
  readonly rows = new TreeRows()
  readonly rowWindow = new RowWindow({ rowCount: 1, rowHeight: ROW_HEIGHT })
  readonly pulses = new Pulses()
  readonly lists: ListLoader
  readonly stats: StatLoader
  readonly #releases = new Releases(
    (path) => this.live.release(this.cluster, path, 'directory'),
    (path) => this.#started > 0 && path === this.#view.selected,
  )
  #view: TreeView = { rows: this.rows, active: '/', selected: null, sort: 'name', filter: null }
  #activeRow = 0
  #changes: (() => void)[] = []
  #started = 0
  #stopLive: () => void = () => undefined
  #clock: ReturnType<typeof setTimeout> | undefined
  readonly #listeners = new Set<() => void>()
  readonly #draw = new Paced(() => this.#apply(), DRAWINGS_A_SECOND)

  constructor(
    readonly cluster: string,
    readonly live: LiveClient,
  ) {
    this.lists = new ListLoader(this)
    this.stats = new StatLoader(this)
    this.rowWindow.subscribe(() => this.#started > 0 && this.#readShown())
  }

  get view(): TreeView {
    return this.#view
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** On the screen: follows the ensemble until the returned function is called. What is known stays known. */
  start(): () => void {
    this.#started++
    if (this.#started === 1) {
      this.#stopLive = followLive(this)
      for (const directory of this.rows.directories()) this.#releases.keep(directory.path)
      this.readAgain()
    }
    return () => {
      this.#started--
      if (this.#started > 0) return
      this.#stopLive()
      this.#draw.cancel()
      clearTimeout(this.#clock)
      this.stats.stop()
      for (const directory of this.rows.directories()) this.#let(directory)
    }
  }

  /** Applies a change with the next drawing, at most `patienceMs` from now or as soon as the pace allows, keeping the znode at the top of the screen where it is. */
  change(apply: () => void, patienceMs = 0): void {
    this.#changes.push(apply)
    this.#draw.request(patienceMs)
  }

  /** The same, and draws at once: a person did it. */
  changeNow(apply: () => void): void {
    this.#changes.push(apply)
    this.#draw.now()
  }

  set(change: Partial<Omit<TreeView, 'rows'>>): void {
    this.#view = { ...this.#view, ...change }
    this.#activeRow = Math.max(0, this.rows.indexOf(this.#view.active))
    if (change.selected !== undefined) this.#releases.retry()
    this.#publish()
  }

  listView(path: string): { readonly sort: ChildSort; readonly filter: string } {
    const { sort, filter } = this.#view
    return { sort, filter: filter?.path === path ? filter.text : '' }
  }

  accepted(directory: Directory, gone: readonly Directory[]): void {
    for (const lost of gone) for (const below of this.rows.directories(lost)) this.#let(below)
    directory.trim(shownOf(this.rows, this.rowWindow).get(directory)?.first ?? 0)
  }

  failed(directory: Directory, error: AppError): void {
    if (error.code === 'NoNode' && directory.parent !== null) {
      // Deleted meanwhile. Its row goes when the list around it says so too.
      for (const gone of this.rows.close(directory.path)) this.#let(gone)
      directory.parent.outdateList()
      return
    }
    directory.error = error
    directory.skeletons = 0
    directory.touch()
  }

  expand(path: string): Directory | null {
    const known = this.rows.directory(path)
    if (known !== null) return known
    let opened: Directory | null = null
    this.#releases.keep(path)
    // While it was closed nobody told what became of its children.
    this.stats.outdateChildren(path)
    this.changeNow(() => {
      opened = this.rows.open(path)
      this.pulses.visit(path)
    })
    if (opened !== null) this.#showLoading(opened)
    return opened
  }

  collapse(path: string): void {
    this.changeNow(() => {
      for (const directory of this.rows.close(path)) this.#let(directory)
      if (this.rows.indexOf(this.#view.active) === -1) this.#view = { ...this.#view, active: path }
    })
  }

  /** Reads a directory again because a person asked. */
  refresh(path: string): void {
    const directory = this.rows.directory(path)
    this.stats.outdate(path)
    if (directory === null) return
    this.lists.forgive(directory)
    this.changeNow(() => directory.outdateList())
  }

  /** Reads everything that is open again: nothing is known of what happened meanwhile. Rows stay until then. */
  readAgain(): void {
    this.stats.outdateAll()
    this.change(() => {
      for (const directory of this.rows.directories()) this.#expire(directory)
    })
    this.#showLoading(this.rows.root)
  }

  setSort(sort: ChildSort): void {
    this.changeNow(() => {
      this.#view = { ...this.#view, sort }
      for (const directory of this.rows.directories()) this.#expire(directory)
    })
  }

  setFilter(filter: Filter | null): void {
    this.changeNow(() => {
      const paths = [this.#view.filter?.path, filter?.path]
      this.#view = { ...this.#view, filter }
      for (const directory of this.rows.directories()) if (paths.includes(directory.path)) this.#expire(directory)
    })
  }

  #expire(directory: Directory): void {
    directory.expireList()
    this.lists.cancel(directory)
    this.lists.forgive(directory)
  }

  #let(directory: Directory): void {
    this.lists.cancel(directory)
    this.#releases.add(directory.path)
  }

  #showLoading(directory: Directory): void {
    setTimeout(() => {
      if (directory.loaded || directory.error !== null) return
      this.change(() => {
        if (directory.loaded || directory.error !== null) return
        const stat = this.stats.statOf(directory.path)
        const expected = stat && 'numChildren' in stat ? stat.numChildren : 3
        directory.skeletons = Math.max(1, Math.min(3, expected))
        directory.touch()
      })
    }, SKELETON_MS)
  }

  #apply(): void {
    const anchors = anchorsOf(this.rows, this.rowWindow)
    const changes = this.#changes
    this.#changes = []
    for (const change of changes) change()
    const now = performance.now()
    for (const directory of this.rows.directories()) directory.exhume(now)
    const active = this.rows.indexOf(this.#view.active)
    if (active === -1) this.#view = { ...this.#view, active: nodeAtOrAbove(this.rows, this.#activeRow) }
    this.#activeRow = Math.max(0, this.rows.indexOf(this.#view.active))
    this.rowWindow.update(this.rows.rowCount, offsetAfter(this.rows, this.rowWindow, anchors))
    this.#publish()
    this.#readShown()
    this.#wind(now)
  }

  /** Reads what is on the screen and not known, of every open directory at least its length. */
  #readShown(): void {
    const shown = shownOf(this.rows, this.rowWindow)
    for (const directory of this.rows.directories()) {
      const { first, last } = shown.get(directory) ?? { first: 0, last: 1 }
      // Off the screen only its length matters, and that a read has told the server that it is open.
      if (shown.has(directory) || !directory.loaded || directory.revision < Math.max(0, directory.wanted)) {
        this.lists.ensure(directory, first, last)
      }
    }
    this.stats.show(new Map([...shown].map(([directory, { names }]) => [directory.path, names])))
  }

  /** Comes back when a tombstone or a pulse is over. */
  #wind(now: number): void {
    let next = this.pulses.tick(now)
    for (const directory of this.rows.directories()) next = Math.min(next, directory.nextExhumation)
    clearTimeout(this.#clock)
    if (next !== Number.POSITIVE_INFINITY && this.#started > 0) {
      this.#clock = setTimeout(() => this.#draw.request(END_WITHIN_MS), Math.max(0, next - now))
    }
  }

  #publish(): void {
    this.#view = { ...this.#view }
    for (const listener of this.#listeners) listener()
  }

  /** The directory that filter and keyboard mean: the active one when it is open, else the one around it. */
  get folder(): Directory {
    const { active } = this.#view
    return this.rows.directory(active) ?? this.rows.directory(parentOf(active)) ?? this.rows.root
  }

  /** The directory whose row list the active row is in; null for the root. */
  get parentOfActive(): Directory | null {
    const { active } = this.#view
    return active === '/' ? null : this.rows.directory(parentOf(active))
  }
}
