'use client'

import { Chunk } from '@codemirror/merge'
import { EditorState, type Range, RangeSet } from '@codemirror/state'
import { Decoration, EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import { useNonce } from '@/components/ui/nonce'
import { keepLineEndings, READ_ONLY, viewSetup } from './code-setup'

const changedLine = Decoration.line({ class: 'zl-changed-line' })

/** One side of a conflict, to read: the lines in which it differs from `base` are marked. */
export default function ChangedLinesView({ label, base, text }: { label: string; base: string; text: string }) {
  const nonce = useNonce()
  const parent = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const before = EditorState.create({ doc: base, extensions: keepLineEndings('mixed') }).doc
    const state = EditorState.create({ doc: text, extensions: keepLineEndings('mixed') })
    const marks: Range<Decoration>[] = []
    for (const chunk of Chunk.build(before, state.doc, { scanLimit: 2000, timeout: 500 })) {
      for (let at = chunk.fromB; at < chunk.toB && at <= state.doc.length; at = state.doc.lineAt(at).to + 1) {
        marks.push(changedLine.range(state.doc.lineAt(at).from))
      }
    }
    const view = new EditorView({
      parent: parent.current as HTMLDivElement,
      state: EditorState.create({
        doc: state.doc,
        extensions: [
          keepLineEndings('mixed'),
          viewSetup({ label, nonce }),
          READ_ONLY,
          EditorView.decorations.of(RangeSet.of(marks)),
        ],
      }),
    })
    return () => view.destroy()
  }, [label, base, text, nonce])
  return <div ref={parent} className="h-full min-h-0 overflow-hidden" />
}
