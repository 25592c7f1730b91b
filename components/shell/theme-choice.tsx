'use client'

import { useState } from 'react'
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '@/components/ui/menu'
import { THEMES } from '@/lib/text/shell'
import { applyTheme, type Theme } from './theme'
import { ThemeButton } from './theme-button'

/** Light, dark, or whatever the system says. */
export function ThemeChoice({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial)
  const choose = (next: Theme): void => {
    setTheme(next)
    applyTheme(next)
  }
  return (
    <Menu>
      <MenuTrigger>
        <ThemeButton />
      </MenuTrigger>
      <MenuContent align="end">
        <MenuRadioGroup value={theme} onValueChange={choose}>
          {(Object.keys(THEMES) as Theme[]).map((name) => (
            <MenuRadioItem key={name} value={name}>
              {THEMES[name]}
            </MenuRadioItem>
          ))}
        </MenuRadioGroup>
      </MenuContent>
    </Menu>
  )
}
