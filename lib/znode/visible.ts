export interface VisibleSegment {
  readonly text: string
  /** False: one character that a reader could not see or that reorders what is around it. Show {@link label} for it. */
  readonly visible: boolean
  /** "U+202E"; '' for visible text. */
  readonly label: string
}

/**
 * Controls, format characters (zero-width, bidirectional), halves of surrogate pairs, private use, everything Unicode
 * says to render as nothing, every space but the common one, and the blank Braille pattern.
 */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}/u
const EVERY_HIDDEN = new RegExp(HIDDEN, 'gu')
const ASCII = /^[!-~]([ -~]*[!-~])?$/

/**
 * Splits a name where something in it cannot be seen, so that two names that look alike never are. A common space counts
 * as hidden at either end. Joining the texts of all segments gives the name.
 */
export function visibleSegments(name: string): VisibleSegment[] {
  if (ASCII.test(name)) return [{ text: name, visible: true, label: '' }]
  const leading = name.length - name.replace(/^ +/, '').length
  const trailing = endOfText(name, leading)
  const segments: VisibleSegment[] = []
  const addVisible = (text: string) => {
    if (text !== '') segments.push({ text, visible: true, label: '' })
  }
  const addSpaces = (count: number) => {
    for (let i = 0; i < count; i++) segments.push(hidden(' '))
  }

  addSpaces(leading)
  let end = leading
  for (const match of name.slice(0, trailing).matchAll(EVERY_HIDDEN)) {
    addVisible(name.slice(end, match.index))
    segments.push(hidden(match[0]))
    end = match.index + match[0].length
  }
  addVisible(name.slice(end, trailing))
  addSpaces(name.length - trailing)
  return segments
}

/** Whether {@link visibleSegments} has anything to show. */
export function hasHidden(name: string): boolean {
  return name.startsWith(' ') || name.endsWith(' ') || HIDDEN.test(name)
}

function hidden(text: string): VisibleSegment {
  const codePoint = text.codePointAt(0) ?? 0
  return { text, visible: false, label: `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}` }
}

function endOfText(name: string, start: number): number {
  let end = name.length
  while (end > start && name[end - 1] === ' ') end--
  return end
}
