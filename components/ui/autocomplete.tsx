'use client'

import { Autocomplete as Base } from '@base-ui/react/autocomplete'
import { type FocusEvent, type KeyboardEventHandler, type ReactNode, type Ref, useState } from 'react'
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
  readonly onPick: (item: string) => void
  readonly placeholder?: string
  /** Shown below the suggestions and announced: how many there are, or why there are none. */
  readonly status?: ReactNode
  readonly onKeyDown?: KeyboardEventHandler<HTMLInputElement>
  readonly inputRef?: Ref<HTMLInputElement>
  readonly className?: string
}

/**
 * A text input that suggests how to go on, below it, while it has the focus and a text. The text is the person's: nothing
 * is chosen without them. The suggestions are in place, not in a Popup of Base UI: that one hides the rest of the page
 * from assistive technology, as if one could not Tab on.
 */
export function Autocomplete(props: AutocompleteProps) {
  const { label, value, onValueChange, items, onPick, placeholder, status, onKeyDown, inputRef, className } = props
  const [focused, setFocused] = useState(false)
  const shown = focused && value !== ''
  const onBlur = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) setFocused(false)
  }
  return (
    <Base.Root
      inline
      open={shown}
      items={items as string[]}
      filter={null}
      value={value}
      onValueChange={(next) => onValueChange(next)}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only hears where the focus inside it goes. */}
      <div className="relative" onFocus={() => setFocused(true)} onBlur={onBlur}>
        <Base.Input
          {...(inputRef ? { ref: inputRef } : {})}
          aria-label={label}
          aria-expanded={shown}
          placeholder={placeholder}
          onKeyDown={onKeyDown}
          spellCheck={false}
          className={cn(CONTROL, 'h-7 px-2.5', className)}
        />
        {shown && (
          <div className={cn(POPUP, 'absolute top-full left-0 mt-1 w-full min-w-72')}>
            <Base.List className="max-h-80 overflow-y-auto p-1 outline-none data-empty:p-0">
              {(item: string) => (
                // Enter clicks the highlighted one. The root would tell of it only in a Popup.
                <Base.Item
                  key={item}
                  value={item}
                  onClick={() => onPick(item)}
                  className={cn(POPUP_ITEM, 'font-mono text-xs')}
                >
                  {item}
                </Base.Item>
              )}
            </Base.List>
            {status !== undefined && (
              <Base.Status className="border-t border-line-soft px-3 py-1.5 text-xs text-ink-2">{status}</Base.Status>
            )}
          </div>
        )}
      </div>
    </Base.Root>
  )
}
