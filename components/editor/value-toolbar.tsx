'use client'

import { ChevronDown, Copy, Download, Upload } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { Button } from '@/components/ui/button'
import { Menu, MenuContent, MenuItem, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '@/components/ui/menu'
import { showToast } from '@/components/ui/toast'
import { formatJson, minifyJson } from '@/lib/codec/json'
import {
  automatic,
  BOM_NOTE,
  COPY_BASE64,
  COPY_VALUE,
  CR,
  CRLF,
  DOWNLOAD,
  FORMAT,
  FORMAT_HINT,
  FORMAT_MENU,
  FORMAT_NAMES,
  MINIFY,
  NOT_FORMATTED,
  PRETTY,
  UPLOAD,
  UPLOAD_LABEL,
  UTF8,
  uploadFailed,
} from '@/lib/text/editor'
import { jsonProblemInWords } from '@/lib/text/json-problems'
import { formatExactBytes } from '@/lib/znode/bytes'
import { copyValue } from './copy-value'
import { downloadBytes, fileNameOf, readFile } from './file-transfer'
import type { FormatChoice, ShownValue } from './shown-value'

/** Everything above a value: how it is shown, what it is, and the ways in and out. `children` stand at the end. */
export function ValueToolbar({
  path,
  shown,
  choice,
  onChoice,
  blocked,
  onText,
  onUpload,
  children,
}: {
  path: string
  shown: ShownValue
  choice: FormatChoice
  onChoice: (choice: FormatChoice) => void
  /** Why nothing may be written, or null. */
  blocked: string | null
  onText: (text: string) => void
  onUpload: (bytes: Uint8Array<ArrayBuffer>) => void
  children: ReactNode
}) {
  const bytes = shown.kind === 'null' ? null : shown.bytes
  return (
    <div className="flex flex-none flex-wrap items-center gap-2 px-4 py-2">
      {shown.kind !== 'null' && <FormatMenu shown={shown} choice={choice} onChoice={onChoice} />}
      {shown.kind === 'text' && shown.format === 'json' && <JsonMenu shown={shown} blocked={blocked} onText={onText} />}
      <span className="text-ink-3">{valueInWords(shown)}</span>
      <span className="flex-1" />
      {bytes !== null && (
        <>
          <Button
            variant="ghost"
            size="icon"
            aria-label={shown.kind === 'text' ? COPY_VALUE : COPY_BASE64}
            title={shown.kind === 'text' ? COPY_VALUE : COPY_BASE64}
            onClick={() => void copyValue(bytes)}
          >
            <Copy size={14} aria-hidden />
          </Button>
          <Button
            variant="ghost"
            size="icon"
            aria-label={DOWNLOAD}
            title={DOWNLOAD}
            onClick={() => downloadBytes(bytes, fileNameOf(path))}
          >
            <Download size={14} aria-hidden />
          </Button>
        </>
      )}
      <UploadButton blocked={blocked} onUpload={onUpload} />
      {children}
    </div>
  )
}

/** "187 bytes · UTF-8 with BOM · CRLF" */
function valueInWords(shown: ShownValue): string {
  if (shown.kind === 'null') return ''
  const parts = [formatExactBytes(shown.bytes.length)]
  if (shown.kind === 'text') {
    parts.push(shown.hasBom ? `${UTF8} ${BOM_NOTE}` : UTF8)
    if (shown.separator === '\r\n') parts.push(CRLF)
    if (shown.separator === '\r') parts.push(CR)
  }
  return parts.join(' · ')
}

function FormatMenu({
  shown,
  choice,
  onChoice,
}: {
  shown: Exclude<ShownValue, { kind: 'null' }>
  choice: FormatChoice
  onChoice: (choice: FormatChoice) => void
}) {
  const current = shown.kind === 'text' ? FORMAT_NAMES[shown.format] : FORMAT_NAMES.hex
  // Bytes that are no text have one way to be shown.
  if (shown.automatic === 'hex') return <span className="font-medium">{current}</span>
  return (
    <Menu>
      <MenuTrigger>
        <Button aria-label={`${FORMAT_MENU}: ${current}`}>
          {current}
          <ChevronDown size={13} aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuRadioGroup value={choice} onValueChange={(value: FormatChoice) => onChoice(value)}>
          <MenuRadioItem value="automatic">{automatic(FORMAT_NAMES[shown.automatic])}</MenuRadioItem>
          {(['json', 'yaml', 'xml', 'properties', 'text', 'hex'] as const).map((format) => (
            <MenuRadioItem key={format} value={format}>
              {FORMAT_NAMES[format]}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  )
}

function JsonMenu({
  shown,
  blocked,
  onText,
}: {
  shown: Extract<ShownValue, { kind: 'text' }>
  blocked: string | null
  onText: (text: string) => void
}) {
  const layOut = (result: ReturnType<typeof formatJson>) => {
    if (result.ok) onText(result.text)
    else showToast({ kind: 'problem', title: NOT_FORMATTED, detail: jsonProblemInWords(result.problem) })
  }
  if (blocked !== null) return <Button disabledReason={blocked}>{FORMAT}</Button>
  const lineSeparator = shown.separator === 'mixed' ? '\n' : shown.separator
  return (
    <Menu>
      <MenuTrigger>
        <Button title={FORMAT_HINT}>
          {FORMAT}
          <ChevronDown size={13} aria-hidden />
        </Button>
      </MenuTrigger>
      <MenuContent>
        <MenuItem onClick={() => layOut(formatJson(shown.text, { lineSeparator }))}>{PRETTY}</MenuItem>
        <MenuItem onClick={() => layOut(minifyJson(shown.text))}>{MINIFY}</MenuItem>
      </MenuContent>
    </Menu>
  )
}

function UploadButton({
  blocked,
  onUpload,
}: {
  blocked: string | null
  onUpload: (bytes: Uint8Array<ArrayBuffer>) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  async function upload(file: File) {
    try {
      onUpload(await readFile(file))
    } catch {
      showToast({ kind: 'problem', title: uploadFailed(file.name) })
    }
  }
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={UPLOAD_LABEL}
        onChange={(event) => {
          const file = event.target.files?.[0]
          if (file) void upload(file)
          // Otherwise the same file cannot be chosen twice. The File stays readable.
          event.target.value = ''
        }}
      />
      <Button
        variant="ghost"
        size="icon"
        aria-label={UPLOAD}
        title={UPLOAD}
        disabledReason={blocked}
        onClick={() => input.current?.click()}
      >
        <Upload size={14} aria-hidden />
      </Button>
    </>
  )
}
