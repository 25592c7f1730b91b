import type { KeyboardEvent } from 'react'
import type { Navigation } from './navigation'

export interface TreeKeys {
  readonly navigation: Navigation
  /** Shows the active znode; `focus`: and goes there. */
  readonly open: (focus: boolean) => void
  readonly act: (action: 'create-child' | 'delete') => void
  readonly menu: () => void
  readonly filter: () => void
  readonly announceStar: (result: { readonly opened: number; readonly folders: number }) => void
}

const KEYS: Readonly<Record<string, (keys: TreeKeys) => void>> = {
  ArrowUp: ({ navigation }) => navigation.move(-1),
  ArrowDown: ({ navigation }) => navigation.move(1),
  PageUp: ({ navigation }) => navigation.page(-1),
  PageDown: ({ navigation }) => navigation.page(1),
  Home: ({ navigation }) => navigation.home(),
  End: ({ navigation }) => navigation.end(),
  ArrowLeft: ({ navigation }) => navigation.left(),
  ArrowRight: ({ navigation }) => navigation.right(),
  Enter: ({ open }) => open(true),
  Delete: ({ act }) => act('delete'),
  ContextMenu: ({ menu }) => menu(),
}

/**
 * The keys of the tree. A small n is the beginning of a name, as every other letter; a capital N creates a child.
 * `?` and `:` are left to the page.
 */
export function handleTreeKey(event: KeyboardEvent, keys: TreeKeys): void {
  if (event.altKey) return
  if (event.ctrlKey || event.metaKey) {
    if (event.key === 'f') take(event, keys.filter)
    return
  }
  const move = event.key === 'F10' && event.shiftKey ? KEYS.ContextMenu : KEYS[event.key]
  if (move !== undefined) take(event, () => move(keys))
  else if (event.key.length === 1) letter(event, keys)
}

/** A command, or a letter of the name that somebody types. */
function letter(event: KeyboardEvent, keys: TreeKeys): void {
  const { navigation } = keys
  const now = event.timeStamp
  if (!navigation.isTyping(now)) {
    const command = commandOf(event.key, keys)
    if (command !== null) {
      take(event, command)
      return
    }
    if (event.key === '?' || event.key === ':') return
  }
  take(event, () => void navigation.type(event.key, now))
}

function commandOf(key: string, keys: TreeKeys): (() => void) | null {
  if (key === ' ') return () => keys.open(false)
  if (key === '*') return () => keys.announceStar(keys.navigation.star())
  if (key === '/') return keys.filter
  return key === 'N' ? () => keys.act('create-child') : null
}

function take(event: KeyboardEvent, run: () => void): void {
  event.preventDefault()
  run()
}
