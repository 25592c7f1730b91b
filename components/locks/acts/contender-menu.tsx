'use client'

import { Ellipsis } from 'lucide-react'
import { useContext, useEffect, useRef } from 'react'
import { ACTS_LABEL } from '@/lib/text/lock-acts'
import { type ContenderMenuProps, useLockScene } from '../lock-scene'
import { OpenActs } from './acts-host'
import { linkedContender } from './linked-contender'

/** Opens what can be done with one who takes part. A plain button: there may be ten thousand, and rows change hands. */
export function ContenderMenu({ tabIndex, contender, kind }: ContenderMenuProps) {
  const openActs = useContext(OpenActs)
  const { lock } = useLockScene()
  const button = useRef<HTMLButtonElement>(null)
  const { name } = contender
  useEffect(() => {
    if (linkedContender.take(name)) button.current?.focus()
  }, [name])
  return (
    <button
      ref={button}
      type="button"
      data-contender-menu
      tabIndex={tabIndex}
      aria-haspopup="menu"
      aria-label={ACTS_LABEL(name)}
      onClick={(event) => {
        event.stopPropagation()
        openActs({ button: event.currentTarget, contender, kind, lock })
      }}
      className="grid size-6 place-items-center rounded-md text-ink-3 hover:bg-hover hover:text-ink"
    >
      <Ellipsis size={14} aria-hidden />
    </button>
  )
}
