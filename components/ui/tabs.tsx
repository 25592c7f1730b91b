'use client'

import { Tabs as Base } from '@base-ui/react/tabs'
import type { ComponentProps } from 'react'
import { cn } from './cn'

type Styled<P> = Omit<P, 'className'> & { readonly className?: string }

export function Tabs({ className, ...props }: Styled<ComponentProps<typeof Base.Root>>) {
  return <Base.Root className={cn('flex min-h-0 flex-1 flex-col', className)} {...props} />
}

export function TabList({ className, ...props }: Styled<ComponentProps<typeof Base.List>>) {
  return <Base.List className={cn('flex h-9 flex-none gap-[18px] border-b border-line px-4', className)} {...props} />
}

export function Tab({ className, ...props }: Styled<ComponentProps<typeof Base.Tab>>) {
  return (
    <Base.Tab
      className={cn(
        '-mb-px flex min-w-6 items-center gap-1.5 border-b-2 border-transparent text-ink-2 select-none hover:text-ink',
        'data-active:border-accent data-active:font-medium data-active:text-ink',
        className,
      )}
      {...props}
    />
  )
}

export function TabPanel({ className, ...props }: Styled<ComponentProps<typeof Base.Panel>>) {
  return <Base.Panel className={cn('flex min-h-0 flex-1 flex-col', className)} {...props} />
}
