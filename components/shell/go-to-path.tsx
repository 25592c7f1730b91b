'use client'

import { Input } from '@/components/ui/input'
import { useDeferred } from '@/components/ui/use-deferred'
import { GO_TO, GO_TO_PLACEHOLDER } from '@/lib/text/shell'
import type { PathInputProps } from './path-input'

const loadInput = () => import('./path-input')

/** Goes to a path that is typed. What suggests how to go on is loaded after the page. */
export function GoToPath(props: PathInputProps) {
  const input = useDeferred(loadInput)
  if (input !== null) return <input.PathInput {...props} />
  return (
    <Input
      disabled
      aria-label={GO_TO}
      placeholder={GO_TO_PLACEHOLDER}
      className="w-72! max-lg:w-full! font-mono text-xs"
    />
  )
}
