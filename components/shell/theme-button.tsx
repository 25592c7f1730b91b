import { SunMoon } from 'lucide-react'
import { Button, type ButtonProps } from '@/components/ui/button'
import { THEME } from '@/lib/text/shell'

export function ThemeButton(props: ButtonProps) {
  return (
    <Button variant="ghost" size="icon" {...props} aria-label={THEME} title={THEME}>
      <SunMoon size={15} aria-hidden />
    </Button>
  )
}
