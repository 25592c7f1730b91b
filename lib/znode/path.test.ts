import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ancestorsOf, checkName, checkPath, joinPath, nameOf, parentOf } from './path'

/** PathUtils.validatePath, written down rule by rule and character by character as the Java source has it. */
function zookeeperAllows(path: string): boolean {
  if (path.length === 0 || path[0] !== '/') return false
  if (path.length === 1) return true
  if (path.endsWith('/')) return false
  for (let i = 1; i < path.length; i++) {
    const c = path.charCodeAt(i)
    const ends = i + 1 === path.length || path[i + 1] === '/'
    if (c === 0) return false
    if (path[i] === '/' && path[i - 1] === '/') return false
    if (path[i] === '.' && path[i - 1] === '.') {
      if (path[i - 2] === '/' && ends) return false
    } else if (path[i] === '.') {
      if (path[i - 1] === '/' && ends) return false
    } else if (c <= 0x1f || (c >= 0x7f && c <= 0x9f) || (c >= 0xd800 && c <= 0xf8ff) || c >= 0xfff0) {
      return false
    }
  }
  return true
}

const trickyPath = fc
  .array(
    fc
      .constantFrom(
        '/',
        '/',
        '/',
        '.',
        '..',
        'a',
        ' ',
        '\0',
        '\x1f',
        ' ',
        '~',
        '\x7f',
        '\x9f',
        '\xa0',
        '\ud7ff',
        '\ud800',
      )
      .map(String),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''))
const anyUnits = fc.string({ unit: 'binary', maxLength: 8 }).map((text) => `/${text}`)
const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => checkName(text) === null)
const path = fc.array(name, { maxLength: 5 }).map((names) => `/${names.join('/')}`)

describe('checkPath', () => {
  it('allows exactly what ZooKeeper allows', () => {
    fc.assert(
      fc.property(fc.oneof(trickyPath, anyUnits, path), (text) => {
        expect(checkPath(text) === null).toBe(zookeeperAllows(text))
      }),
      { numRuns: 2000 },
    )
  })

  it('agrees about every single UTF-16 code unit', () => {
    for (let unit = 0; unit <= 0xffff; unit++) {
      const text = `/a${String.fromCharCode(unit)}b`
      if ((checkPath(text) === null) !== zookeeperAllows(text)) expect.fail(`U+${unit.toString(16)}`)
    }
  })

  it.each([
    ['', 'The path is empty.'],
    ['a/b', 'The path does not start with a slash.'],
    ['/a/', 'The path ends with a slash.'],
    ['/a//b', 'The path has two slashes in a row, at character 4.'],
    ['//', 'The path has two slashes in a row, at character 2.'],
    ['/a/../b', 'The path has ".." as a name, at character 4.'],
    ['/.', 'The path has "." as a name, at character 2.'],
    ['/a\x07', 'Character 3 of the path is the control character U+0007.'],
    ['/a\x7f', 'Character 3 of the path is the control character U+007F.'],
    ['/😀', 'Character 2 of the path is 😀 (U+1F600).'],
    ['/\ud800', 'Character 2 of the path is U+D800.'],
    ['/\ufff0', 'Character 2 of the path is U+FFF0.'],
  ])('%j: %s', (text, message) => {
    expect(checkPath(text)).toMatchObject({ code: 'BadPath', message, path: text })
  })

  it.each([
    '/',
    '/__proto__',
    '/%2F',
    '/a?b#c',
    '/<img src=x onerror=alert(1)>',
    '/שלום',
    '/...',
    '/a b',
    `/${'x'.repeat(250)}`,
  ])('allows %s', (text) => {
    expect(checkPath(text)).toBeNull()
  })
})

describe('checkName', () => {
  it('allows exactly the names that make a valid path without another level', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          trickyPath,
          anyUnits.map((text) => text.slice(1)),
        ),
        (text) => {
          const valid = text !== '' && !text.includes('/') && zookeeperAllows(`/${text}`)
          expect(checkName(text) === null).toBe(valid)
        },
      ),
    )
  })

  it.each([
    ['', 'The name is empty.'],
    ['a/b', 'Character 2 of the name is a slash.'],
    ['..', '".." cannot be a name.'],
    ['a\n', 'Character 2 of the name is the control character U+000A.'],
  ])('%j: %s', (text, message) => {
    expect(checkName(text)).toMatchObject({ code: 'BadPath', message })
  })
})

describe('paths', () => {
  it('come apart and together again', () => {
    fc.assert(
      fc.property(path, name, (parent, child) => {
        const joined = joinPath(parent, child)
        expect(checkPath(joined)).toBeNull()
        expect(parentOf(joined)).toBe(parent)
        expect(nameOf(joined)).toBe(child)
      }),
    )
  })

  it('have ancestors from the root down, each the parent of the next', () => {
    fc.assert(
      fc.property(path, (text) => {
        const line = [...ancestorsOf(text), text]
        expect(line[0]).toBe('/')
        for (let i = 1; i < line.length; i++) expect(parentOf(line[i] ?? '')).toBe(line[i - 1])
      }),
    )
    expect(ancestorsOf('/')).toEqual([])
    expect(ancestorsOf('/a/b')).toEqual(['/', '/a'])
    expect([parentOf('/'), nameOf('/')]).toEqual(['/', '/'])
  })
})
