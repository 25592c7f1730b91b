'use client'

import { useCallback, useState } from 'react'
import { cn } from '@/components/ui/cn'
import type { LockHistoryResponse, LockView } from '@/lib/queries/lock-responses'
import { VIEW_LABEL, VIEWS } from '@/lib/text/locks'
import { ContenderTable } from './contender-table'
import { EvidencePanel } from './evidence-panel'
import { FindingsPanel } from './findings-panel'
import { ForeignList } from './foreign-list'
import { HowItWorks } from './how-it-works'
import { LockFigures } from './lock-figures'
import { LockPicture } from './lock-picture'
import { LockTimeline } from './lock-timeline'
import { PayloadList } from './payload-list'

type View = keyof typeof VIEWS
const CHOICES = Object.keys(VIEWS) as readonly View[]

/** A lock that was recognised: figures, picture or table, time line, what is wrong with it, and what cannot be known. */
export function LockWorkspace({
  cluster,
  view,
  history,
}: {
  cluster: string
  view: LockView
  history: LockHistoryResponse | null
}) {
  const [shown, setShown] = useState<View>('picture')
  const [goTo, setGoTo] = useState<{ readonly row: number } | null>(null)
  const showTable = useCallback((row: number) => {
    setShown('table')
    setGoTo({ row })
  }, [])
  if (view.kind === 'none') {
    return (
      <div className="grid gap-4 pb-6">
        <PayloadList view={view} />
      </div>
    )
  }
  return (
    <>
      <LockFigures view={view} />
      <fieldset aria-label={VIEW_LABEL} className="mt-3 flex w-max rounded-md border border-line">
        {CHOICES.map((choice) => (
          <button
            key={choice}
            type="button"
            aria-pressed={choice === shown}
            onClick={() => setShown(choice)}
            className={cn(
              'h-6 px-2.5 text-[11.5px] first:rounded-l-md last:rounded-r-md',
              choice === shown ? 'bg-selected text-ink' : 'text-ink-2 hover:bg-hover',
            )}
          >
            {VIEWS[choice]}
          </button>
        ))}
      </fieldset>
      {shown === 'picture' ? (
        <LockPicture view={view} onMore={showTable} />
      ) : (
        <div className="pt-3">
          <ContenderTable cluster={cluster} view={view} goTo={goTo} />
        </div>
      )}
      <FindingsPanel view={view} />
      {history !== null && <LockTimeline history={history} view={view} />}
      <div className="grid gap-5 pb-8 lg:grid-cols-2">
        <div className="grid content-start gap-5">
          <HowItWorks view={view} />
          <PayloadList view={view} />
        </div>
        <div className="grid content-start gap-5">
          <EvidencePanel view={view} />
          <ForeignList view={view} />
        </div>
      </div>
    </>
  )
}
