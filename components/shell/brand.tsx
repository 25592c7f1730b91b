import { APP_NAME } from '@/lib/text/shell'

export function Brand() {
  return (
    <span className="text-[15px] font-semibold tracking-tight">
      {APP_NAME.slice(0, 3).toLowerCase()}
      <span className="text-accent">{APP_NAME.slice(3)}</span>
    </span>
  )
}
