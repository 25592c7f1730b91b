import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Directory, type Listing, PAGE_SIZE } from './directory'
import { type Row, TreeRows } from './rows'

const listing = (names: readonly string[], revision: number, from = 0, total = names.length): Listing => ({
  revision,
  total,
  unfiltered: total,
  from,
  names,
})

const numbered = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => `n${String(from + i).padStart(8, '0')}`)

function print(rows: TreeRows): string[] {
  return Array.from({ length: rows.rowCount }, (_, i) => words(rows.rowAt(i)))
}

function words(row: Row): string {
  if (row.type === 'node') return row.path
  if (row.type === 'tombstone') return `dead ${row.path}`
  if (row.type === 'unloaded') return `? ${row.parent.path} ${row.index}`
  return `note ${row.parent.path}`
}

describe('TreeRows', () => {
  it('shows the root, then its children, then theirs when open', () => {
    const rows = new TreeRows()
    expect(print(rows)).toEqual(['/'])
    rows.root.accept(listing(['a', 'b', 'c'], 1))
    rows.open('/b')?.accept(listing(['x', 'y'], 1))
    expect(print(rows)).toEqual(['/', '/a', '/b', '/b/x', '/b/y', '/c'])
    expect(rows.rowAt(4)).toMatchObject({ depth: 2, position: 2, setSize: 2 })
    expect(rows.indexOf('/c')).toBe(5)
    expect(rows.indexOf('/b/z')).toBe(-1)
    expect(rows.close('/b').map((directory) => directory.path)).toEqual(['/b'])
    expect(print(rows)).toEqual(['/', '/a', '/b', '/c'])
  })

  it('says that an open directory is empty, loading or failed in a row of its own', () => {
    const rows = new TreeRows()
    rows.root.accept(listing(['a', 'b'], 1))
    const directory = rows.open('/a') as Directory
    expect(print(rows)).toEqual(['/', '/a', '/b'])
    directory.skeletons = 2
    directory.touch()
    expect(print(rows)).toEqual(['/', '/a', 'note /a', 'note /a', '/b'])
    directory.accept(listing([], 1))
    expect(print(rows)).toEqual(['/', '/a', 'note /a', '/b'])
    directory.accept(listing(['x'], 2))
    directory.error = { code: 'NoAuth', message: '', hint: '' }
    directory.touch()
    expect(print(rows)).toEqual(['/', '/a', 'note /a', '/a/x', '/b'])
    expect(rows.indexOf('/a/x')).toBe(3)
  })

  it('keeps a million children as a number, and only the pages that were loaded', () => {
    const rows = new TreeRows()
    rows.root.accept(listing(numbered(PAGE_SIZE * 100, PAGE_SIZE), 1, PAGE_SIZE * 100, 1_000_000))
    expect(rows.rowCount).toBe(1_000_001)
    expect(words(rows.rowAt(500_000))).toBe('? / 499999')
    expect(rows.indexOf(`/n${String(51_300).padStart(8, '0')}`)).toBe(51_301)
    for (let page = 0; page < 1_900; page++) {
      rows.root.accept(listing(numbered(page * PAGE_SIZE, PAGE_SIZE), 1, page * PAGE_SIZE, 1_000_000))
      rows.root.trim(page * PAGE_SIZE)
    }
    const kept = Array.from({ length: 1_900 }, (_, page) => rows.root.hasPage(page)).filter(Boolean).length
    expect(kept).toBeLessThanOrEqual(64)
    expect(rows.root.hasPage(1_899)).toBe(true)
  })

  it('refuses a list that is older than the one shown', () => {
    const rows = new TreeRows()
    rows.root.accept(listing(['a', 'b'], 5))
    expect(rows.root.accept(listing(['a'], 4))).toBeNull()
    expect(print(rows)).toEqual(['/', '/a', '/b'])
    rows.root.expireList()
    expect(rows.root.accept(listing(['a'], 1))).toEqual([])
    expect(print(rows)).toEqual(['/', '/a'])
  })

  it('keeps a deleted row in its place among its neighbours until its time is over', () => {
    const rows = new TreeRows()
    rows.root.accept(listing(['a', 'b', 'c', 'd'], 1))
    rows.root.bury(['b', 'c'], 2_000)
    rows.root.accept(listing(['a', 'd', 'e'], 2))
    expect(print(rows)).toEqual(['/', '/a', 'dead /b', 'dead /c', '/d', '/e'])
    expect(rows.indexOf('/c')).toBe(3)
    rows.root.accept(listing(['0', 'a', 'd', 'e'], 3))
    expect(print(rows)).toEqual(['/', '/0', '/a', 'dead /b', 'dead /c', '/d', '/e'])
    expect(rows.root.nextExhumation).toBe(2_000)
    expect(rows.root.exhume(1_999)).toBe(false)
    expect(rows.root.exhume(2_000)).toBe(true)
    expect(print(rows)).toEqual(['/', '/0', '/a', '/d', '/e'])
  })

  it('has no tombstone for a child that came back', () => {
    const rows = new TreeRows()
    rows.root.accept(listing(['a', 'b'], 1))
    rows.root.bury(['b'], 2_000)
    rows.root.accept(listing(['a'], 2))
    rows.root.accept(listing(['a', 'b'], 3))
    expect(print(rows)).toEqual(['/', '/a', '/b'])
  })

  it('drops an open directory that was deleted, with everything below it', () => {
    const rows = new TreeRows()
    rows.root.accept(listing(['a', 'b'], 1))
    rows.open('/a')?.accept(listing(['x'], 1))
    rows.open('/a/x')?.accept(listing(['y'], 1))
    expect(rows.root.accept(listing(['b'], 2))?.map((directory) => directory.path)).toEqual(['/a'])
    expect(print(rows)).toEqual(['/', '/b'])
  })

  it('keeps open what a filter hides', () => {
    const rows = new TreeRows()
    rows.root.accept(listing(['a', 'b'], 1))
    rows.open('/a')?.accept(listing(['x'], 1))
    rows.root.expireList()
    rows.root.accept({ ...listing(['b'], 1), unfiltered: 2 })
    expect(print(rows)).toEqual(['/', '/b'])
    rows.root.expireList()
    rows.root.accept({ ...listing([], 1), unfiltered: 2 })
    expect(print(rows)).toEqual(['/', 'note /'])
    rows.root.expireList()
    rows.root.accept(listing(['a', 'b'], 1))
    expect(print(rows)).toEqual(['/', '/a', '/a/x', '/b'])
  })

  it('hides what is open at an uncertain place instead of showing it below another znode', () => {
    const rows = new TreeRows()
    const first = numbered(0, PAGE_SIZE)
    rows.root.accept(listing(first, 1, 0, 2_000))
    rows.open(`/${first[3]}`)?.accept(listing(['x'], 1))
    // The other page of a newer list: the place is a guess, not contradicted.
    rows.root.accept(listing(numbered(PAGE_SIZE, PAGE_SIZE), 2, PAGE_SIZE, 2_000))
    expect(rows.rowCount).toBe(2_002)
    // Loaded: somebody else stands there.
    rows.root.accept(listing(numbered(5, PAGE_SIZE), 2, 0, 2_000))
    expect(rows.rowCount).toBe(2_001)
    rows.root.accept(listing(first, 3, 0, 2_000))
    expect(rows.rowCount).toBe(2_002)
    expect(rows.indexOf(`/${first[3]}/x`)).toBe(5)
  })
})

/** The same tree, spelt out: every row is an element. */
class Naive {
  items: { name: string; dead: boolean }[] = []
  open = new Map<string, Naive>()
  dying = new Set<string>()

  list(names: readonly string[]): void {
    const old = this.items
    const living = new Set(names)
    const next = names.map((name) => ({ name, dead: false }))
    const dead = old.filter((item) => !living.has(item.name) && (item.dead || this.dying.has(item.name)))
    for (const item of dead) {
      const after = old.slice(old.indexOf(item)).find((other) => !other.dead && living.has(other.name))
      const before = old
        .slice(0, old.indexOf(item))
        .reverse()
        .find((other) => !other.dead && living.has(other.name))
      if (after)
        next.splice(
          next.findIndex((other) => other.name === after.name && !other.dead),
          0,
          { ...item, dead: true },
        )
      else if (before || names.length === 0) {
        let at = before ? next.findIndex((other) => other.name === before.name && !other.dead) + 1 : 0
        while (next[at]?.dead) at++
        next.splice(at, 0, { ...item, dead: true })
      }
    }
    for (const name of names) this.dying.delete(name)
    this.items = next
    for (const name of this.open.keys()) if (!living.has(name)) this.open.delete(name)
  }

  print(path: string): string[] {
    if (this.items.length === 0) return [`note ${path === '' ? '/' : path}`]
    return this.items.flatMap((item) => {
      const child = `${path}/${item.name}`
      if (item.dead) return [`dead ${child}`]
      return [child, ...(this.open.get(item.name)?.print(child) ?? [])]
    })
  }
}

describe('TreeRows against the tree spelt out', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h')
  const path = fc.array(name, { minLength: 1, maxLength: 3 })
  const names = fc.uniqueArray(name).map((list) => list.sort())
  const step = fc.oneof(
    fc.record({ type: fc.constant('open' as const), path, names }),
    fc.record({ type: fc.constant('close' as const), path, names }),
    fc.record({ type: fc.constant('list' as const), path: fc.oneof(path, fc.constant<string[]>([])), names }),
    fc.record({ type: fc.constant('exhume' as const), path, names }),
  )

  it('has the same rows after any opening, closing, creating and deleting, and finds each of them', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const rows = new TreeRows()
        const naive = new Naive()
        const at = (names: readonly string[]) => names.reduce<Naive | undefined>((dir, n) => dir?.open.get(n), naive)
        rows.root.accept(listing([], 0))
        let revision = 0
        for (const { type, path, names } of steps) {
          revision++
          const full = `/${path.join('/')}`
          if (type === 'open') {
            const parent = at(path.slice(0, -1))
            const last = path.at(-1) ?? ''
            const directory = rows.open(full)
            expect(directory !== null).toBe(parent?.items.some((item) => item.name === last && !item.dead) ?? false)
            if (directory === null || parent === undefined || parent.open.has(last)) continue
            directory.accept(listing(names, revision))
            const child = new Naive()
            child.list(names)
            parent.open.set(last, child)
          } else if (type === 'close') {
            rows.close(full)
            at(path.slice(0, -1))?.open.delete(path.at(-1) ?? '')
          } else if (type === 'list') {
            const model = at(path)
            const directory = rows.directory(path.length === 0 ? '/' : full)
            expect(directory === null).toBe(model === undefined)
            if (directory === null || model === undefined) continue
            const dead = model.items
              .filter((item) => !item.dead && !names.some((n) => n === item.name))
              .map((item) => item.name)
            for (const n of dead) model.dying.add(n)
            directory.bury(dead, 1)
            directory.accept(listing(names, revision))
            model.list(names)
          } else {
            const spread = (model: Naive): void => {
              model.items = model.items.filter((item) => !item.dead)
              model.dying.clear()
              for (const child of model.open.values()) spread(child)
            }
            for (const directory of rows.directories()) directory.exhume(1)
            spread(naive)
          }
          expect(print(rows)).toEqual(['/', ...naive.print('')])
          print(rows).forEach((row, i) => {
            if (row.startsWith('/')) expect(rows.indexOf(row)).toBe(i)
            if (row.startsWith('dead ')) expect(rows.indexOf(row.slice(5))).toBe(i)
          })
        }
      }),
      { numRuns: 500 },
    )
  })
})
