import { pathProblemInWords } from '@/lib/text/path-problems'
import type { AppError } from './app-error'

type PathRule =
  | 'empty'
  | 'no-leading-slash'
  | 'trailing-slash'
  | 'empty-element'
  | 'relative'
  | 'slash'
  | 'control-character'
  | 'beyond-bmp'
  | 'forbidden-character'

export interface PathProblem {
  readonly rule: PathRule
  /** Index of the offending UTF-16 code unit. */
  readonly at: number
  /** The offending name ("..") or character ("U+0007"); '' where the rule says it all. */
  readonly found: string
}

/**
 * The first rule of ZooKeeper that a path breaks, or null when a znode may have it. A server checks this only on
 * create; a read of an impossible path answers NoNode, which would send a person looking for a deleted znode.
 * Source: PathUtils.validatePath.
 */
export function checkPath(path: string): AppError | null {
  const problem = pathProblem(path)
  if (problem === null) return null
  const [message, hint] = pathProblemInWords(problem, 'path')
  return { code: 'BadPath', message, hint, path }
}

/** The same for the name of one child, before it is joined to its parent's path. */
export function checkName(name: string): AppError | null {
  const problem = nameProblem(name)
  if (problem === null) return null
  const [message, hint] = pathProblemInWords(problem, 'name')
  return { code: 'BadPath', message, hint }
}

/** The parent's path; the root is its own parent, as in POSIX. The path must be valid. */
export function parentOf(path: string): string {
  const slash = path.lastIndexOf('/')
  return slash <= 0 ? '/' : path.slice(0, slash)
}

/** The last name of a path; the root's is "/". The path must be valid. */
export function nameOf(path: string): string {
  return path === '/' ? '/' : path.slice(path.lastIndexOf('/') + 1)
}

/** The path of a child. Both must be valid. */
export function joinPath(parent: string, name: string): string {
  return parent === '/' ? `/${name}` : `${parent}/${name}`
}

/** The paths above a valid path, from the root down to its parent: ["/", "/a"] for "/a/b", [] for "/". */
export function ancestorsOf(path: string): string[] {
  if (path === '/') return []
  const ancestors = ['/']
  for (let slash = path.indexOf('/', 1); slash !== -1; slash = path.indexOf('/', slash + 1)) {
    ancestors.push(path.slice(0, slash))
  }
  return ancestors
}

function pathProblem(path: string): PathProblem | null {
  if (path === '') return { rule: 'empty', at: 0, found: '' }
  if (path[0] !== '/') return { rule: 'no-leading-slash', at: 0, found: '' }
  if (path === '/') return null
  let start = 1
  while (start <= path.length) {
    const slash = path.indexOf('/', start)
    const end = slash === -1 ? path.length : slash
    if (end === start) {
      return slash === -1
        ? { rule: 'trailing-slash', at: path.length - 1, found: '' }
        : { rule: 'empty-element', at: start, found: '' }
    }
    const problem = elementProblem(path, start, end)
    if (problem !== null) return problem
    start = end + 1
  }
  return null
}

function nameProblem(name: string): PathProblem | null {
  if (name === '') return { rule: 'empty', at: 0, found: '' }
  const slash = name.indexOf('/')
  if (slash !== -1) return { rule: 'slash', at: slash, found: '/' }
  return elementProblem(name, 0, name.length)
}

function elementProblem(text: string, start: number, end: number): PathProblem | null {
  const length = end - start
  if (length <= 2) {
    const element = text.slice(start, end)
    if (element === '.' || element === '..') return { rule: 'relative', at: start, found: element }
  }
  for (let at = start; at < end; at++) {
    const unit = text.charCodeAt(at)
    if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f)) {
      return { rule: 'control-character', at, found: codePointLabel(unit) }
    }
    if ((unit >= 0xd800 && unit <= 0xf8ff) || unit >= 0xfff0) {
      const codePoint = text.codePointAt(at) ?? unit
      return codePoint > 0xffff
        ? { rule: 'beyond-bmp', at, found: `${String.fromCodePoint(codePoint)} (${codePointLabel(codePoint)})` }
        : { rule: 'forbidden-character', at, found: codePointLabel(codePoint) }
    }
  }
  return null
}

function codePointLabel(codePoint: number): string {
  return `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`
}
