'use client'

import { Field as Base } from '@base-ui/react/field'
import type { ComponentProps } from 'react'
import { Input } from './input'

/** A line of text inside a Field, which gives it its label, hint and error. */
export function TextField(props: ComponentProps<'input'>) {
  return <Base.Control render={<Input {...props} />} />
}
