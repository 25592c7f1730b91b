'use client'

import { Autocomplete as Base } from '@base-ui/react/autocomplete'
import type { KeyboardEventHandler, ReactNode, Ref } from 'react'
import { cn } from './cn'
import { CONTROL } from './input'
import { POPUP, POPUP_ITEM } from './popup-style'

export interface AutocompleteProps {
  /** The accessible name of the input. */
  readonly label: string
  readonly value: string
  readonly onValueChange: (value: string) => void
  /** Already filtered, in the order shown. */
  readonly items: readonly string[]
  readonly renderItem?: (item: string) => ReactNode
  readonly onPick: (item: string) => void
  readonly placeholder?: string
  /** Shown below the suggestions and announced: how many there are, or why there are none. */
  readonly status?: ReactNode
  readonly onKeyDown?: KeyboardEventHandler<HTMLInputElement>
  readonly inputRef?: Ref<HTMLInputElement>
  readonly className?: string
  /** Shows the suggestions in place instead of floating: inside a dialog that is made of them. */
  readonly inline?: boolean
}

/** A text input that suggests how to go on. The text is the person's: nothing is chosen without them. */
export function Autocomplete(props: AutocompleteProps) {
  const {
    label,
    value,
    onValueChange,
    items,
    onPick,
    placeholder,
    onKeyDown,
    inputRef,
    className,
    inline = false,
  } = props
  return (
    <Base.Root
      items={items as string[]}
      filter={null}
      value={value}
      onValueChange={(next, details) => (details.reason === 'item-press' ? onPick(next) : onValueChange(next))}
      {...(inline ? { inline: true, open: true } : {})}
    >
      <Base.Input
        {...(inputRef ? { ref: inputRef } : {})}
        aria-label={label}
        placeholder={placeholder}
        onKeyDown={onKeyDown}
        spellCheck={false}
        className={cn(CONTROL, 'h-7 px-2.5', className)}
      />
      {inline ? (
        <Suggestions {...props} />
      ) : (
        <Base.Portal>
          <Base.Positioner className="z-50 outline-none" sideOffset={4} align="start">
            <Base.Popup className={cn(POPUP, 'w-(--anchor-width) min-w-72')}>
              <Suggestions {...props} />
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      )}
    </Base.Root>
  )
}

function Suggestions({ renderItem, status }: AutocompleteProps) {
  return (
    <>
      <Base.List className="max-h-80 overflow-y-auto p-1 outline-none data-empty:p-0">
        {(item: string) => (
          <Base.Item key={item} value={item} className={cn(POPUP_ITEM, 'font-mono text-xs')}>
            {renderItem ? renderItem(item) : item}
          </Base.Item>
        )}
      </Base.List>
      {status !== undefined && (
        <Base.Status className="border-t border-line-soft px-3 py-1.5 text-xs text-ink-2">{status}</Base.Status>
      )}
    </>
  )
}
