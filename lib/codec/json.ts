import { type JsonProblemKind, type JsonTokenListener, scanJson } from './json-scan'
import type { LineSeparator } from './line-separator'
import { type Position, positionOf } from './position'
import { BOM } from './utf8'

export interface JsonProblem extends Position {
  readonly kind: JsonProblemKind
  /** Index in UTF-16 code units. */
  readonly at: number
}

export type JsonResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly problem: JsonProblem }

export interface JsonFormat {
  /** Default: '\n'. */
  readonly lineSeparator?: LineSeparator
  /** Default: two spaces. */
  readonly indent?: string
}

/** Indentation makes nested text grow with the square of its depth: 1 MiB of "[" would become a terabyte. */
const MAX_DEPTH = 200
const MAX_OUTPUT = 10 * 1024 * 1024

/** Where a text stops being JSON, or null when all of it is. A byte order mark in front is let pass, as editors do. */
export function checkJson(text: string): JsonProblem | null {
  return problemOf(text, scanJson(text, contentStart(text)))
}

/**
 * Pretty-prints JSON by moving white space alone: every string and number keeps its spelling (so 9007199254740993,
 * 1.0 and "\u00e9" stay as they are), keys keep their order, duplicates included. A byte order mark and the presence of
 * a last line end are kept. Fails on text that is not JSON, is nested deeper than 200, or would exceed 10 Mi characters.
 */
export function formatJson(text: string, format: JsonFormat = {}): JsonResult {
  const { lineSeparator = '\n', indent = '  ' } = format
  const breaks = Array.from({ length: MAX_DEPTH + 1 }, (_, depth) => lineSeparator + indent.repeat(depth))
  let depth = 0
  let opened = false
  return rewrite(text, lineSeparator, (type, start, end, write) => {
    const closes = type === '}' || type === ']'
    if (closes) depth--
    if (opened !== closes) write(breaks[depth] ?? '')
    opened = type === '{' || type === '['
    if (opened && ++depth > MAX_DEPTH) return 'too-deep'
    write(type === ':' ? ': ' : text.slice(start, end))
    if (type === ',') write(breaks[depth] ?? '')
    return null
  })
}

/** Takes out all white space around tokens, the last line end included; else as {@link formatJson}, at any depth. */
export function minifyJson(text: string): JsonResult {
  return rewrite(text, '', (_type, start, end, write) => {
    write(text.slice(start, end))
    return null
  })
}

type Rewriter = (
  ...token: [...Parameters<JsonTokenListener>, write: (part: string) => void]
) => Extract<JsonProblemKind, 'too-deep'> | null

function rewrite(text: string, lineSeparator: string, rewriter: Rewriter): JsonResult {
  const start = contentStart(text)
  const parts: string[] = []
  let length = 0
  let lastEnd = start
  let refused: { kind: JsonProblemKind; at: number } | null = null
  const write = (part: string) => {
    parts.push(part)
    length += part.length
  }
  const fault = scanJson(text, start, (type, from, to) => {
    lastEnd = to
    if (refused !== null) return
    const kind = length > MAX_OUTPUT ? 'too-large' : rewriter(type, from, to, write)
    if (kind !== null) refused = { kind, at: from }
  })
  const problem = problemOf(text, fault ?? refused)
  if (problem !== null) return { ok: false, problem }
  const ended = /[\r\n]/.test(text.slice(lastEnd))
  return { ok: true, text: text.slice(0, start) + parts.join('') + (ended ? lineSeparator : '') }
}

function problemOf(text: string, fault: { kind: JsonProblemKind; at: number } | null): JsonProblem | null {
  return fault === null ? null : { ...fault, ...positionOf(text, fault.at) }
}

function contentStart(text: string): number {
  return text.startsWith(BOM) ? BOM.length : 0
}
