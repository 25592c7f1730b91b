import { formatExactBytes, formatInteger } from '@/lib/znode/bytes'

/** The sentences of viewing and editing a znode's data. */

// Values
export const LOADING = 'Reading…'
export const DATA_LABEL = 'Data'
export const FORMAT_NAMES = {
  json: 'JSON',
  yaml: 'YAML',
  xml: 'XML',
  properties: 'Properties',
  text: 'Text',
  hex: 'Hex',
} as const
export const FORMAT_MENU = 'Show as'
export const automatic = (name: string) => `Automatic (${name})`
export const NULL_TITLE = 'No data (null)'
export const NULL_WORDS =
  'This znode was created without data. That is not the same as empty data: a client that reads it gets null.'
export const SET_A_VALUE = 'Set a value'
export const EMPTY_WORDS = 'Empty: 0 bytes. Type to set a value.'
export const EMPTY_WORDS_READ_ONLY = 'Empty: 0 bytes.'
export const UNREADABLE_TITLE = 'You may not read this data'
export const SHOW_ACL = 'Show who may'
export const BINARY_WORDS =
  'Not text that survives editing byte for byte. Download it, change the file, and upload that to replace it.'
export const MIXED_LINE_ENDINGS =
  'Mixed line endings: each line keeps its own (CR is shown as a red dot), new lines end with LF.'
export const CRLF = 'CRLF'
export const CR = 'CR'
export const BOM_NOTE = 'with BOM'
export const UTF8 = 'UTF-8'
export const notValid = (format: 'JSON' | 'YAML' | 'XML', problem: string) => `Not valid ${format}: ${problem}`
export const NOT_CHECKED: Readonly<Record<'too-large' | 'too-deep', string>> = {
  'too-large': 'Not checked: it is larger than Zoolens checks while you type.',
  'too-deep': 'Not checked: it is nested deeper than Zoolens looks.',
}

// Toolbar
export const FORMAT = 'Format'
export const MINIFY = 'Minify'
export const PRETTY = 'Pretty-print'
export const NOT_FORMATTED = 'Not valid JSON, so it was left as it is'
export const FORMAT_HINT = 'Moves white space only: every number and string keeps its spelling'
export const COPY_VALUE = 'Copy value'
export const COPY_BASE64 = 'Copy as base64'
export const VALUE_COPIED = 'Value copied'
export const DOWNLOAD = 'Download'
export const UPLOAD = 'Upload…'
export const UPLOAD_LABEL = 'File to upload'
export const uploadFailed = (name: string) => `${name} could not be read.`
export const DELETE = 'Delete…'
export const CREATE_CHILD = 'New child…'
export const DISCARD = 'Discard'
export const READ_ONLY_REASONS = {
  everywhere: 'Zoolens is read-only (ZOOLENS_READ_ONLY): nothing can be written from here.',
  cluster: 'This cluster is read-only in the configuration of Zoolens: nothing can be written from here.',
} as const
export const NOTHING_TO_SAVE = 'Nothing is changed.'
export const CONFLICT_MARKS_LEFT = 'Resolve the conflicts that are marked in the text first.'
export const saveAsVersion = (version: number) => `Save as version ${formatInteger(version)}`
export const savedAsVersion = (version: number) => `Saved as version ${formatInteger(version)}`
export const CREATED_AGAIN = 'Created again'
export const TEXT_PUT_ASIDE = 'Your edit was put aside'
export const BRING_BACK = 'Bring it back'
export const uploadWaiting = (size: number) => `An upload of ${formatExactBytes(size)} is not saved yet.`

// Bars
export const CHANGED_WHILE_EDITING = 'Changed while you were editing'
export const RECREATED_WHILE_EDITING = 'Deleted and created again while you were editing'
export const DELETED_WHILE_EDITING = 'Deleted while you were editing'
export const DELETED_KEEPS_TEXT = 'Your text is kept. Copy it, download it, or create the znode again with it.'
export const byZxid = (zxid: string, age: string, own: boolean) =>
  own ? `by you in another tab, ${age}, zxid ${zxid}` : `by zxid ${zxid}, ${age}`
export const COMPARE = 'Compare'
export const WHAT_NOW = 'What now…'
export const mergedWith = (version: number, conflicts: number) =>
  conflicts === 0
    ? `Merged with version ${formatInteger(version)} without conflicts. Read it through, then save.`
    : `Merged with version ${formatInteger(version)}: ${conflicts === 1 ? '1 conflict is' : `${formatInteger(conflicts)} conflicts are`} marked with <<<<<<<. Resolve them, then save.`

// Review
export const REVIEW_TITLE = 'Review before saving'
export const DIFF_LABEL = 'Difference between the loaded value and yours'
export const replacesVersion = (version: number) =>
  `Replaces version ${formatInteger(version)}, and nothing else: if somebody was faster, nothing is written.`
export const WAS_NULL = 'The znode had no data (null) until now.'
export const byteSummary = (before: number, after: number, different: number, firstAt: number) =>
  firstAt === -1
    ? `${formatExactBytes(before)}, exactly the same.`
    : `${formatExactBytes(before)} before, ${formatExactBytes(after)} after; ${different === 1 ? '1 byte differs' : `${formatInteger(different)} bytes differ`}, the first at offset 0x${firstAt.toString(16)}.`
export const SAVING = 'Saving…'
export const BACK_TO_EDITING = 'Back to editing'

// Conflict
export const CONFLICT_TITLE = 'Somebody else was faster'
export const CONFLICT_RECREATED_TITLE = 'This is another znode now'
export const CONFLICT_DELETED_TITLE = 'The znode was deleted'
export const NOTHING_WRITTEN = 'Nothing was overwritten. Lines that differ from what you loaded are marked.'
export const RECREATED_WORDS =
  'It was deleted and created again with the same path. Nothing was overwritten. Lines that differ from what you loaded are marked.'
export const DELETED_WORDS = 'Nothing was written, and your text is kept until you decide.'
export const CREATE_AGAIN_WORDS =
  'Created again it is a new znode: persistent, at version 0, open to everybody. Its old ACL and its children do not come back.'
export const baseTitle = (version: number) => `Base: version ${formatInteger(version)}, as you loaded it`
export const theirsTitle = (version: number) => `Theirs: version ${formatInteger(version)}, there now`
export const MINE_TITLE = 'Mine: not saved'
export const TAKE_THEIRS = 'Take theirs'
export const keepMine = (version: number) => `Keep mine (overwrites version ${formatInteger(version)})`
export const MERGE = 'Merge'
export const MERGE_ONLY_TEXT = 'Only text can be merged.'
export const CREATE_AGAIN = 'Create it again'
export const COPY_MINE = 'Copy mine'
export const DOWNLOAD_MINE = 'Download mine'
export const NO_DATA = 'No data (null)'
export const KEEP_EDITING = 'Keep editing'

// Unknown outcome
export const UNKNOWN_TITLE = 'The outcome is unknown'
export const OUTCOMES = {
  applied: {
    title: 'It was applied',
    words: 'The answer was lost, but the znode holds what you sent, at the version that your save makes.',
  },
  'not-applied': {
    title: 'Not applied so far',
    words:
      'The znode still holds what you loaded. Your edit is kept. Saving again is safe: it carries the same version, so it cannot be applied twice.',
  },
  overtaken: {
    title: 'It was not applied',
    words: 'Somebody else made the version that your save would have made. Your edit is kept: compare it with theirs.',
  },
  'cannot-tell': {
    title: 'Nobody can tell',
    words:
      'The znode has changed more than once since you loaded it; your save may be one of those changes. Your edit is kept: compare it with what is there now.',
  },
} as const
export const CANNOT_READ_YET =
  'The answer to your save was lost, and the znode cannot be read right now. The save may or may not have been applied. Your edit is kept.'
export const READ_AGAIN = 'Read again'
export const DONE = 'Done'

// Hex
export const hexLabel = (length: number) => `${formatExactBytes(length)} in hexadecimal, 16 a row`
export const hexSelection = (from: number, to: number) =>
  from === to
    ? `Byte at 0x${from.toString(16)} (${formatInteger(from)})`
    : `${formatExactBytes(to - from + 1)} selected, 0x${from.toString(16)} to 0x${to.toString(16)}`
export const HEX_KEYS = 'Arrow keys move, Shift selects, Ctrl+C copies the selected bytes as hex.'
