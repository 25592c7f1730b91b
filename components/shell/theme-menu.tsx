'use client'

import { SunMoon } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Menu, MenuContent, MenuRadioGroup, MenuRadioItem, MenuTrigger } from '@/components/ui/menu'
import { THEME, THEMES } from '@/lib/text/shell'
import { applyTheme, type Theme } from './theme'

export function ThemeMenu({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial)
  const choose = (next: Theme): void => {
    setTheme(next)
    applyTheme(next)
  }
  return (
    <Menu>
      <MenuTrigger>
        <Button variant="ghost" size="icon" aria-label={THEME} title={THEME}>
          <SunMoon size={15} aria-hidden />
        </Button>
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
