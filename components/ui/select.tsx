'use client'

import { Select as Base } from '@base-ui/react/select'
import { Check, ChevronDown } from 'lucide-react'
import { cn } from './cn'
import { IN_MAIN } from './in-main'
import { POPUP, POPUP_ITEM } from './popup-style'

export interface SelectOption<T extends string> {
  readonly value: T
  readonly label: string
}

/** One of a few named values. `label` is its accessible name. */
export function Select<T extends string>({
  label,
  value,
  options,
  onValueChange,
  className,
}: {
  label: string
  value: T
  options: readonly SelectOption<T>[]
  onValueChange: (value: T) => void
  className?: string
}) {
  return (
    <Base.Root items={options} value={value} onValueChange={(next) => next !== null && onValueChange(next)}>
      <Base.Trigger
        aria-label={label}
        className={cn(
          'inline-flex h-7 items-center gap-1.5 rounded-md border border-line bg-raised px-2.5 text-[12.5px] hover:bg-hover',
          className,
        )}
      >
        <Base.Value />
        <Base.Icon className="text-ink-3">
          <ChevronDown size={13} aria-hidden />
        </Base.Icon>
      </Base.Trigger>
      <Base.Portal container={IN_MAIN}>
        <Base.Positioner className="z-50 outline-none" sideOffset={4} alignItemWithTrigger={false}>
          <Base.Popup className={cn(POPUP, 'min-w-(--anchor-width) p-1')}>
            {options.map((option) => (
              <Base.Item key={option.value} value={option.value} className={cn(POPUP_ITEM, 'pl-7')}>
                <Base.ItemIndicator className="absolute left-2">
                  <Check size={13} aria-hidden />
                </Base.ItemIndicator>
                <Base.ItemText>{option.label}</Base.ItemText>
              </Base.Item>
            ))}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}
