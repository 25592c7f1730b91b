'use client'

import { type ComponentProps, lazy, Suspense } from 'react'
import { loadPart } from '@/components/ui/load-part'
import { LOADING } from '@/lib/text/editor'

// CodeMirror is half of all JavaScript: nothing of it is loaded before somebody opens a value.
const LazyTextEditor = lazy(() => loadPart(() => import('./text-editor')))
const LazyDiffView = lazy(() => loadPart(() => import('./diff-view')))
const LazyChangedLinesView = lazy(() => loadPart(() => import('./changed-lines-view')))

const waiting = (
  <p role="status" className="p-3 text-ink-3">
    {LOADING}
  </p>
)

export function TextEditor(props: ComponentProps<typeof LazyTextEditor>) {
  return (
    <Suspense fallback={waiting}>
      <LazyTextEditor {...props} />
    </Suspense>
  )
}

export function DiffView(props: ComponentProps<typeof LazyDiffView>) {
  return (
    <Suspense fallback={waiting}>
      <LazyDiffView {...props} />
    </Suspense>
  )
}

export function ChangedLinesView(props: ComponentProps<typeof LazyChangedLinesView>) {
  return (
    <Suspense fallback={waiting}>
      <LazyChangedLinesView {...props} />
    </Suspense>
  )
}
