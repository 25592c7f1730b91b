'use client'

import { unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { useNonce } from '@/components/ui/nonce'
import { loadLanguage, type TextFormat } from './code-language'
import { keepLineEndings, READ_ONLY, viewSetup } from './code-setup'

/** What a save would change, in one column: removed lines red with a red bar, added lines green with a green one. */
export default function DiffView({
  label,
  before,
  after,
  format,
}: {
  label: string
  before: string
  after: string
  format: TextFormat
}) {
  const nonce = useNonce()
  const parent = useRef<HTMLDivElement>(null)
  useEffect(() => {
    let view: EditorView | null = null
    let wanted = true
    void loadLanguage(format).then((language) => {
      if (!wanted || parent.current === null) return
      view = new EditorView({
        parent: parent.current,
        state: EditorState.create({
          doc: after,
          extensions: [
            // CR as a visible character: a change of line endings is a change too.
            keepLineEndings('mixed'),
            viewSetup({ label, nonce }),
            language,
            READ_ONLY,
            unifiedMergeView({
              original: EditorState.create({ doc: before, extensions: keepLineEndings('mixed') }).doc,
              mergeControls: false,
              collapseUnchanged: { margin: 3, minSize: 6 },
              // Two different values of 1 MiB: give up on the finest diff instead of freezing the page.
              diffConfig: { scanLimit: 2000, timeout: 500 },
            }),
          ],
        }),
      })
    })
    return () => {
      wanted = false
      view?.destroy()
    }
  }, [label, before, after, format, nonce])
  return <div ref={parent} className="h-full min-h-0 overflow-hidden" />
}
