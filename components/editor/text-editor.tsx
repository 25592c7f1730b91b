'use client'

import { standardKeymap } from '@codemirror/commands'
import { Annotation, Compartment, EditorState } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { useEffect, useEffectEvent, useRef } from 'react'
import { useNonce } from '@/components/ui/nonce'
import type { LineSeparator } from '@/lib/codec/line-separator'
import { loadLanguage, type TextFormat } from './code-language'
import { EDITING, keepLineEndings, READ_ONLY, viewSetup } from './code-setup'
import { smallestChange } from './smallest-change'

export interface TextEditorProps {
  readonly label: string
  /** Exactly the text, line endings and byte order mark included. */
  readonly value: string
  readonly format: TextFormat
  /** Of the text as it was loaded: fixed for the life of the editor, make a new one (`key`) for another. */
  readonly separator: LineSeparator | 'mixed'
  readonly readOnly: boolean
  readonly onChange?: (text: string) => void
}

/** Marks what came from outside, so that it is not taken for something typed. */
const fromOutside = Annotation.define<true>()

/** Text in CodeMirror. A new `value` replaces only what differs: cursor, scroll position and undo history stay. */
export default function TextEditor({ label, value, format, separator, readOnly, onChange }: TextEditorProps) {
  const nonce = useNonce()
  const parent = useRef<HTMLDivElement>(null)
  const mounted = useRef<{ view: EditorView; language: Compartment; mode: Compartment; text: string } | null>(null)
  const typed = useEffectEvent((text: string) => onChange?.(text))
  const initial = useRef({ label, value, separator, nonce })

  useEffect(() => {
    const { label, value, separator, nonce } = initial.current
    const language = new Compartment()
    const mode = new Compartment()
    const view = new EditorView({
      parent: parent.current as HTMLDivElement,
      state: EditorState.create({
        doc: value,
        extensions: [
          keepLineEndings(separator),
          viewSetup({ label, nonce }),
          language.of([]),
          mode.of(READ_ONLY),
          keymap.of(standardKeymap),
          EditorView.updateListener.of((update) => {
            const current = mounted.current
            if (!current || !update.docChanged) return
            if (update.transactions.some((transaction) => transaction.annotation(fromOutside))) return
            current.text = update.state.sliceDoc()
            typed(current.text)
          }),
        ],
      }),
    })
    mounted.current = { view, language, mode, text: value }
    return () => {
      mounted.current = null
      view.destroy()
    }
  }, [])

  useEffect(() => {
    const current = mounted.current
    current?.view.dispatch({ effects: current.mode.reconfigure(readOnly ? READ_ONLY : EDITING) })
  }, [readOnly])

  useEffect(() => {
    let wanted = true
    void loadLanguage(format).then((extension) => {
      const current = mounted.current
      if (wanted && current) current.view.dispatch({ effects: current.language.reconfigure(extension) })
    })
    return () => {
      wanted = false
    }
  }, [format])

  useEffect(() => {
    const current = mounted.current
    if (!current || value === current.text) return
    current.text = value
    const next = current.view.state.toText(value)
    current.view.dispatch({
      changes: smallestChange(current.view.state.doc.toString(), next.toString()),
      annotations: fromOutside.of(true),
    })
  }, [value])

  return <div ref={parent} className="h-full min-h-0 overflow-hidden" />
}
