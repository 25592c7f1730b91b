import { cn } from '@/components/ui/cn'
import type { Edge } from '@/lib/recipes/recipe'

const LINE = { fill: 'none', stroke: 'currentColor' } as const

/** From who waits, on the right, to what he waits for. Solid, dashed or crossed by its proof, which words beside it say. */
export function EdgeArrow({ proof, className }: { proof: Edge['proof']; className?: string }) {
  return (
    <svg
      viewBox="0 0 34 12"
      className={cn('h-3 w-[34px] flex-none', proof === 'contradicted' ? 'text-deleted' : 'text-ink-3', className)}
      aria-hidden="true"
    >
      <path {...LINE} d="M3 6h29" strokeDasharray={proof === 'unknown' ? '3 3' : undefined} />
      <path {...LINE} d="M8 2 3 6l5 4" />
      {proof === 'contradicted' && <path {...LINE} strokeWidth="1.5" d="m16 2 7 8m0-8-7 8" />}
    </svg>
  )
}
