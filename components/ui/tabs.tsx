'use client'

import { createContext, type KeyboardEvent, type ReactNode, useContext, useId } from 'react'
import { cn } from './cn'

interface Chosen {
  readonly id: string
  readonly value: string
  readonly choose: (value: string) => void
}

const TabsContext = createContext<Chosen>({ id: '', value: '', choose: () => undefined })

/**
 * Tabs as the WAI-ARIA pattern has them: one stop for the Tab key, arrows, Home and End move and choose at once. Our own,
 * because they are on the first picture and a library's weigh ten times as much.
 */
export function Tabs<Value extends string>({
  value,
  onValueChange,
  children,
}: {
  value: Value
  onValueChange: (value: Value) => void
  children: ReactNode
}) {
  const id = useId()
  return (
    <TabsContext value={{ id, value, choose: (next) => onValueChange(next as Value) }}>
      <div className="flex min-h-0 flex-1 flex-col">{children}</div>
    </TabsContext>
  )
}

export function TabList({ 'aria-label': label, children }: { 'aria-label': string; children: ReactNode }) {
  const { choose } = useContext(TabsContext)
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')]
    const at = tabs.indexOf(document.activeElement as HTMLElement)
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key]
    if (to === undefined || at === -1) return
    event.preventDefault()
    const tab = tabs.at(to % tabs.length)
    tab?.focus()
    choose(tab?.dataset.value ?? '')
  }
  return (
    <div
      role="tablist"
      aria-label={label}
      tabIndex={-1}
      className="flex h-9 flex-none gap-[18px] border-b border-line px-4"
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  )
}

export function Tab({ value, children }: { value: string; children: ReactNode }) {
  const { id, value: chosen, choose } = useContext(TabsContext)
  const active = value === chosen
  return (
    <button
      type="button"
      role="tab"
      id={`${id}-tab-${value}`}
      data-value={value}
      aria-selected={active}
      // Only the chosen one has its panel in the page.
      aria-controls={active ? `${id}-panel-${value}` : undefined}
      tabIndex={active ? 0 : -1}
      onClick={() => choose(value)}
      className={cn(
        '-mb-px flex min-w-6 items-center gap-1.5 border-b-2 select-none hover:text-ink',
        active ? 'border-accent font-medium text-ink' : 'border-transparent text-ink-2',
      )}
    >
      {children}
    </button>
  )
}

export function TabPanel({ value, children }: { value: string; children: ReactNode }) {
  const { id, value: chosen } = useContext(TabsContext)
  if (value !== chosen) return null
  return (
    <div
      role="tabpanel"
      id={`${id}-panel-${value}`}
      aria-labelledby={`${id}-tab-${value}`}
      className="flex min-h-0 flex-1 flex-col"
    >
      {children}
    </div>
  )
}
