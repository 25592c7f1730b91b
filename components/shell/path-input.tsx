'use client'

import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, type RefObject, useState } from 'react'
import { Autocomplete } from '@/components/ui/autocomplete'
import { fetchFind } from '@/lib/queries/children'
import { toAppError } from '@/lib/queries/get-json'
import { GO_TO, GO_TO_PLACEHOLDER, GO_TO_STATUS } from '@/lib/text/shell'
import { checkPath, joinPath } from '@/lib/znode/path'

const SUGGESTIONS = 12

export interface PathInputProps {
  readonly cluster: string
  readonly onGo: (path: string) => void
  /** Afterwards: the focus must go somewhere, or the keyboard starts again at the top of the page. */
  readonly onLeave: () => void
  readonly inputRef: RefObject<HTMLInputElement | null>
}

/** A path that is typed with the help of what is there: Tab takes the first suggestion, Enter goes. */
export function PathInput({ cluster, onGo, onLeave, inputRef }: PathInputProps) {
  const [text, setText] = useState('')
  const typed = text === '' || text.startsWith('/') ? text : `/${text}`
  const slash = typed.lastIndexOf('/')
  const parent = slash <= 0 ? '/' : typed.slice(0, slash)
  const prefix = typed.slice(slash + 1)
  const { data, error } = useQuery({
    queryKey: ['find', cluster, parent, prefix],
    queryFn: ({ signal }) => fetchFind(cluster, { path: parent, prefix, limit: SUGGESTIONS }, signal),
    enabled: typed !== '' && checkPath(parent) === null,
    // The list may have changed by the next key; asking again is one look into the server's own copy.
    staleTime: 0,
    gcTime: 0,
    placeholderData: (before) => before,
  })
  const items = data && data.path === parent ? data.names.map((name) => joinPath(parent, name)) : []
  const problem = typed === '' ? null : checkPath(typed.length > 1 ? typed.replace(/\/$/, '') : typed)

  const go = (path: string): void => {
    setText('')
    onGo(path)
    onLeave()
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    const highlighted = event.currentTarget.getAttribute('aria-activedescendant')
    if (event.key === 'Tab' && !event.shiftKey && items[0] !== undefined && typed !== items[0]) {
      event.preventDefault()
      setText(items[0])
    } else if (event.key === 'Enter' && !highlighted && typed !== '' && problem === null) {
      event.preventDefault()
      go(typed.length > 1 ? typed.replace(/\/$/, '') : typed)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      if (text === '') onLeave()
      else setText('')
    }
  }
  const failed = error ? toAppError(error) : problem
  return (
    <Autocomplete
      label={GO_TO}
      placeholder={GO_TO_PLACEHOLDER}
      value={text}
      onValueChange={setText}
      items={items}
      onPick={go}
      onKeyDown={onKeyDown}
      inputRef={inputRef}
      className="w-72! max-lg:w-full! font-mono text-xs"
      {...(typed === ''
        ? {}
        : { status: failed ? `${failed.message} ${failed.hint}` : GO_TO_STATUS(items.length, data?.total ?? 0) })}
    />
  )
}
