import { type Position, positionOf } from './position'

export type XmlProblemKind =
  | 'no-element'
  | 'not-closed'
  | 'wrong-close'
  | 'close-without-open'
  | 'second-root'
  | 'text-outside'
  | 'unterminated'
  | 'bad-tag'

export interface XmlProblem extends Position {
  readonly kind: XmlProblemKind
  readonly at: number
  /** The name of the element it is about, '' for none. */
  readonly name: string
}

/**
 * Where the elements of an XML text stop nesting properly, or null. A light check (no entities, no DTD, no namespaces):
 * what it finds is wrong, what it lets pass may still be refused by a parser. Linear, and without recursion.
 */
export function checkXml(text: string): XmlProblem | null {
  const fault = firstFault(text)
  return fault === null ? null : { ...fault, ...positionOf(text, fault.at) }
}

interface Fault {
  readonly kind: XmlProblemKind
  readonly at: number
  readonly name: string
}

function firstFault(text: string): Fault | null {
  const open: Markup[] = []
  let roots = 0
  let at = 0
  for (let start = text.indexOf('<'); start !== -1; start = text.indexOf('<', at)) {
    const stray = open.length > 0 ? -1 : strayText(text, at, start)
    if (stray !== -1) return { kind: 'text-outside', at: stray, name: '' }
    const markup = markupAt(text, start)
    if (markup.type === 'fault') return { kind: markup.fault, at: start, name: '' }
    if (open.length === 0 && (markup.type === 'open' || markup.type === 'empty')) roots++
    if (roots > 1) return { kind: 'second-root', at: start, name: markup.name }
    if (markup.type === 'open') open.push(markup)
    const fault = markup.type === 'close' ? closingFault(open.pop(), markup) : null
    if (fault !== null) return fault
    at = markup.end
  }
  return faultAtEnd(text, at, open.at(-1), roots)
}

function faultAtEnd(text: string, at: number, opened: Markup | undefined, roots: number): Fault | null {
  if (opened !== undefined) return { kind: 'not-closed', at: opened.at, name: opened.name }
  const stray = strayText(text, at, text.length)
  if (stray !== -1) return { kind: 'text-outside', at: stray, name: '' }
  return roots === 0 ? { kind: 'no-element', at: 0, name: '' } : null
}

function closingFault(opened: Markup | undefined, closing: Markup): Fault | null {
  if (opened === undefined) return { kind: 'close-without-open', at: closing.at, name: closing.name }
  return opened.name === closing.name ? null : { kind: 'wrong-close', at: closing.at, name: opened.name }
}

interface Markup {
  readonly type: 'open' | 'close' | 'empty' | 'other'
  readonly name: string
  readonly at: number
  /** Behind its ">". */
  readonly end: number
}

type MarkupFault = { readonly type: 'fault'; readonly fault: 'unterminated' | 'bad-tag' }

const UNTERMINATED: MarkupFault = { type: 'fault', fault: 'unterminated' }

/** What starts like an element and is none, and how it ends. */
const OTHER = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
  ['<?', '?>'],
] as const

const NAME = /[\p{L}_:][\p{L}\p{N}\p{M}_:.\-\u00b7]*/uy

function markupAt(text: string, at: number): Markup | MarkupFault {
  for (const [start, close] of OTHER) {
    if (text.startsWith(start, at)) return other(at, text.indexOf(close, at + start.length), close.length)
  }
  if (text.startsWith('<!', at)) {
    const end = text.indexOf('>', at)
    // A DOCTYPE may have declarations, with ">" of their own, in brackets.
    const bracket = text.indexOf('[', at)
    const declares = bracket !== -1 && bracket < end
    return other(at, declares ? text.indexOf('>', subsetEnd(text, bracket)) : end, 1)
  }
  const closes = text[at + 1] === '/'
  NAME.lastIndex = at + (closes ? 2 : 1)
  const name = NAME.exec(text)?.[0] ?? ''
  if (name === '') return { type: 'fault', fault: 'bad-tag' }
  const end = tagEnd(text, at + 1)
  if (end === -1) return UNTERMINATED
  return { type: closes ? 'close' : text[end - 2] === '/' ? 'empty' : 'open', name, at, end }
}

function other(at: number, close: number, length: number): Markup | MarkupFault {
  return close === -1 ? UNTERMINATED : { type: 'other', name: '', at, end: close + length }
}

/** Behind the "]" of a DOCTYPE whose "[" is at `bracket`; the end of the text when there is none. */
function subsetEnd(text: string, bracket: number): number {
  const close = text.indexOf(']', bracket)
  return close === -1 ? text.length : close
}

/** Behind the ">" of a tag, -1 when it does not end before another starts; a quoted value may hold both. */
function tagEnd(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const char = text[at]
    if (char === '>') return at + 1
    if (char === '<') return -1
    if (char !== '"' && char !== "'") continue
    at = text.indexOf(char, at + 1)
    if (at === -1) return -1
  }
  return -1
}

/** The first character between two indexes that is neither white space nor a byte order mark, or -1. */
function strayText(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) if (!' \t\r\n\ufeff'.includes(text[at] ?? ' ')) return at
  return -1
}
