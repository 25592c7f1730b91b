import { truncateMiddle } from '@/lib/znode/truncate'
import { visibleSegments } from '@/lib/znode/visible'

/**
 * A name with everything in it to be seen: invisible and reordering characters as their code points, and isolated, so
 * that right-to-left text does not reorder what stands around it. Longer than `max` characters it loses its middle.
 */
export function VisibleName({ name, max = Number.POSITIVE_INFINITY }: { name: string; max?: number }) {
  let at = 0
  return (
    <bdi>
      {visibleSegments(truncateMiddle(name, max)).map(({ text, visible, label }) => {
        const key = at
        at += text.length
        return visible ? (
          text
        ) : (
          <span key={key} className="mx-px rounded-[3px] border border-deleted/40 px-0.5 text-[0.8em] text-deleted">
            {label}
          </span>
        )
      })}
    </bdi>
  )
}
