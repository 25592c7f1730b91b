import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { bracketMatching, foldGutter, foldKeymap, indentOnInput } from '@codemirror/language'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import type { LineSeparator } from '@/lib/codec/line-separator'
import { codeTheme } from './code-theme'

/** What every view of text has. `label` is its accessible name; the nonce lets it make its style elements. */
export function viewSetup({ label, nonce }: { label: string; nonce: string | undefined }): Extension {
  return [
    codeTheme,
    EditorView.cspNonce.of(nonce ?? ''),
    EditorView.contentAttributes.of({
      'aria-label': label,
      spellcheck: 'false',
      autocorrect: 'off',
      autocapitalize: 'off',
    }),
    lineNumbers(),
    highlightSpecialChars(),
    drawSelection(),
    bracketMatching(),
    search({ top: true }),
    keymap.of([...searchKeymap, ...foldKeymap]),
  ]
}

// Still focusable, so that the keyboard can scroll, select and search in it.
export const READ_ONLY: Extension = [
  EditorState.readOnly.of(true),
  EditorView.contentAttributes.of({ 'aria-readonly': 'true' }),
]

/** Tab is left to the browser: whoever uses the keyboard must be able to leave the editor. */
export const EDITING: Extension = [
  foldGutter(),
  history(),
  indentOnInput(),
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  keymap.of([...defaultKeymap, ...historyKeymap]),
]

/**
 * CodeMirror takes CR, LF and CRLF for the same and writes LF, unless it is told the one separator. In mixed text LF is
 * the separator and every CR stays a (visible) character, so that each line keeps its own ending.
 */
export function keepLineEndings(separator: LineSeparator | 'mixed'): Extension {
  if (separator === '\n') return []
  const lineBreak = separator === 'mixed' ? '\n' : separator
  return [
    EditorState.lineSeparator.of(lineBreak),
    EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?|\n/g, lineBreak)),
  ]
}
