'use client'

import { type ComponentProps, lazy, Suspense } from 'react'
import { LOADING } from '@/lib/text/editor'

// CodeMirror is half of all JavaScript: nothing of it is loaded before somebody opens a value.
const LazyTextEditor = lazy(() => import('./text-editor'))
const LazyDiffView = lazy(() => import('./diff-view'))
const LazyChangedLinesView = lazy(() => import('./changed-lines-view'))

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
