import { cn } from '@/components/ui/cn'
import { hasHidden, visibleSegments } from '@/lib/znode/visible'

/** The end of a long name is kept: sequence numbers and instance ids are there. */
const TAIL = 16
const CUTTABLE = /^[!-~]{29,}$/

/**
 * A znode's name in its own direction, so that right-to-left text reorders nothing around it. Characters that cannot be
 * seen are shown by their code, so that two names that look alike never are.
 */
export function ZnodeName({ name, struck }: { name: string; struck: boolean }) {
  const style = cn('relative flex min-w-0 font-mono text-xs font-[450] whitespace-pre', struck && 'line-through')
  if (hasHidden(name)) {
    return (
      <bdi className={style}>
        <span className="truncate">
          {visibleSegments(name).map((segment, i) =>
            segment.visible ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: segments of one name have no identity but their place.
              <bdi key={i}>{segment.text}</bdi>
            ) : (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above.
              <span key={i} className="mx-px rounded-xs bg-changed-bg px-0.5 text-[10px] text-changed">
                {segment.label}
              </span>
            ),
          )}
        </span>
      </bdi>
    )
  }
  if (CUTTABLE.test(name)) {
    return (
      <bdi className={style}>
        <span className="truncate">{name.slice(0, -TAIL)}</span>
        <span className="flex-none">{name.slice(-TAIL)}</span>
      </bdi>
    )
  }
  return (
    <bdi className={style}>
      <span className="truncate">{name}</span>
    </bdi>
  )
}
