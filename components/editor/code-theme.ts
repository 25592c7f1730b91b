import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** Made of the page's own tokens, so that it follows the theme without being told. */
const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--ink)', backgroundColor: 'var(--bg)', fontSize: '12.5px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font-geist-mono), ui-monospace, monospace', lineHeight: '1.65' },
  '.cm-content': { padding: '8px 0', caretColor: 'var(--accent)' },
  '.cm-line': { padding: '0 14px 0 8px' },
  '.cm-cursor, .cm-dropCursor': { borderLeftColor: 'var(--accent)', borderLeftWidth: '2px' },
  '.cm-gutters': { backgroundColor: 'var(--bg)', color: 'var(--ink-3)', border: 'none' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 8px 0 14px', minWidth: '34px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--hover) 60%, transparent)' },
  '&.cm-focused .cm-activeLineGutter': { color: 'var(--ink)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 24%, transparent)',
  },
  '&.cm-focused .cm-matchingBracket': {
    backgroundColor: 'color-mix(in srgb, var(--accent) 20%, transparent)',
  },
  '.cm-searchMatch': { backgroundColor: 'var(--changed-bg)', outline: '1px solid var(--changed)' },
  '.cm-searchMatch-selected': { backgroundColor: 'color-mix(in srgb, var(--changed) 40%, transparent)' },
  '.cm-specialChar': { color: 'var(--deleted)' },
  '.cm-foldPlaceholder': { backgroundColor: 'var(--hover)', color: 'var(--ink-2)', border: '1px solid var(--line)' },
  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--ink)' },
  '.cm-panels.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-textfield': {
    backgroundColor: 'var(--bg)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    color: 'var(--ink)',
    fontSize: '12.5px',
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--raised)',
    border: '1px solid var(--line)',
    borderRadius: '6px',
    color: 'var(--ink)',
    fontSize: '12.5px',
  },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', color: 'var(--ink)', border: '1px solid var(--line)' },
  // As specific as the merge view's own theme, which knows only its own colours.
  '&.cm-merge-b .cm-changedLine': { backgroundColor: 'var(--created-bg)' },
  '.cm-deletedChunk.cm-deletedChunk': { backgroundColor: 'var(--deleted-bg)', paddingLeft: '8px' },
  '&.cm-merge-b.cm-merge-b .cm-changedText': { background: 'none', borderBottom: '2px solid var(--created)' },
  '&.cm-merge-b.cm-merge-b .cm-deletedChunk .cm-deletedText': {
    background: 'none',
    borderBottom: '2px solid var(--deleted)',
  },
  '&.cm-merge-b.cm-merge-b .cm-changedLineGutter': { background: 'var(--created)' },
  '&.cm-editor .cm-deletedLineGutter': { background: 'var(--deleted)' },
  '&.cm-editor .cm-collapsedLines': { background: 'var(--hover)', color: 'var(--ink-2)', padding: '3px 14px' },
  '.zl-changed-line': { backgroundColor: 'var(--changed-bg)' },
  '.zl-conflict-line': { backgroundColor: 'var(--deleted-bg)' },
})

const colours = HighlightStyle.define([
  { tag: [tags.propertyName, tags.tagName, tags.definition(tags.propertyName)], color: 'var(--accent)' },
  { tag: [tags.string, tags.attributeValue], color: 'var(--changed)' },
  { tag: [tags.number, tags.bool, tags.null, tags.atom, tags.keyword], color: 'var(--wait)' },
  { tag: [tags.comment, tags.meta, tags.processingInstruction], color: 'var(--ink-3)' },
  { tag: [tags.punctuation, tags.separator, tags.bracket, tags.angleBracket], color: 'var(--ink-2)' },
  { tag: tags.invalid, color: 'var(--deleted)' },
])

export const codeTheme = [theme, syntaxHighlighting(colours)]
