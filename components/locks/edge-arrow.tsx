import { cn } from '@/components/ui/cn'
import type { ContenderView } from '@/lib/queries/lock-responses'
import type { Edge } from '@/lib/recipes/recipe'
import { mainEdge, shortTarget } from './contender-words'

const LINE = { fill: 'none', stroke: 'currentColor' } as const

/**
 * From who waits, on the right, to what he waits for. Solid, dashed or crossed by its proof, which words beside it say.
 * With a caption it points past the one on its left.
 */
export function EdgeArrow({
  proof,
  caption,
  className,
}: {
  proof: Edge['proof']
  caption?: string | undefined
  className?: string
}) {
  return (
    <span
      aria-hidden
      className={cn(
        'flex w-[30px] flex-none flex-col items-center justify-center',
        proof === 'contradicted' ? 'text-deleted' : 'text-ink-3',
        className,
      )}
    >
      {caption !== undefined && <span className="text-[9.5px] leading-3 whitespace-nowrap">{caption}</span>}
      <svg viewBox="0 0 30 12" className="h-3 w-[30px]" aria-hidden="true">
        <path {...LINE} d="M3 6h25" strokeDasharray={proof === 'unknown' ? '3 3' : undefined} />
        <path {...LINE} d="M8 2 3 6l5 4" />
        {proof === 'contradicted' && <path {...LINE} strokeWidth="1.5" d="m14 2 7 8m0-8-7 8" />}
      </svg>
    </span>
  )
}

/** The arrow of a card that stands behind `before`; room alone for who waits for nothing that is known. */
export function CardArrow({ contender, before }: { contender: ContenderView; before: ContenderView | undefined }) {
  const edge = mainEdge(contender)
  if (contender.state !== 'waits' || edge === null) return <span className="w-3 flex-none" />
  const caption = before !== undefined && edge.on === before.name ? undefined : shortTarget(edge)
  return <EdgeArrow proof={edge.proof} caption={caption} className="mx-0.5 self-center" />
}
