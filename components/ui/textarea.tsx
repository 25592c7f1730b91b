'use client'

import { Field as Base } from '@base-ui/react/field'
import type { ComponentProps } from 'react'
import { cn } from './cn'
import { CONTROL } from './input'

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return (
    <Base.Control
      render={
        <textarea
          spellCheck={false}
          {...props}
          className={cn(CONTROL, 'min-h-24 px-2.5 py-1.5 font-mono text-xs', className)}
        />
      }
    />
  )
}
