import { useId } from 'react'
import { cn } from '@/components/ui/cn'
import type { ContenderView, LockView } from '@/lib/queries/lock-responses'
import { SELF } from '@/lib/recipes/recipe'
import { stateInWords } from '@/lib/text/lock-kinds'
import { WATCHES } from '@/lib/text/locks'
import { nameOf } from '@/lib/znode/path'
import { truncateMiddle } from '@/lib/znode/truncate'
import { cardTitle, mainEdge } from './contender-words'

const MOST = 3
const BOX = { width: 112, height: 24 }
const STEP = 142
const TOP = 6
const CHILDREN_TOP = 62
const NAME = 15

/** The directory, the first of those in it, and who watches whom: the words beside it say the same. */
export function HowPicture({ view }: { view: LockView }) {
  const id = useId()
  const cast = view.contenders.filter(({ name }) => name !== SELF).slice(0, MOST)
  if (cast.length === 0) return null
  const width = Math.max(1, cast.length) * STEP
  const middle = width / 2
  const x = (index: number) => index * STEP + STEP / 2
  const placeOf = new Map(cast.map(({ name }, index) => [name, index]))
  return (
    <svg
      viewBox={`0 0 ${width} 132`}
      className="mb-2 w-full text-ink-3"
      style={{ maxWidth: width * 1.1 }}
      fill="none"
      stroke="currentColor"
      aria-hidden="true"
    >
      <defs>
        <marker id={`${id}tip`} viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M1 1l6 3-6 3" fill="none" className="stroke-wait" />
        </marker>
      </defs>
      <Box x={middle} y={TOP} text={truncateMiddle(nameOf(view.path), NAME)} className="stroke-line" />
      {cast.map((contender, index) => (
        <g key={contender.path}>
          <path
            d={`M${middle} ${TOP + BOX.height}C${middle} ${CHILDREN_TOP - 12} ${x(index)} ${TOP + BOX.height + 12} ${x(index)} ${CHILDREN_TOP}`}
            className="stroke-line"
          />
          <Box
            x={x(index)}
            y={CHILDREN_TOP}
            text={truncateMiddle(cardTitle(contender), NAME)}
            className={contender.state === 'holds' ? 'stroke-accent' : 'stroke-line'}
          />
          <text
            x={x(index)}
            y={CHILDREN_TOP + BOX.height + 14}
            textAnchor="middle"
            stroke="none"
            className={cn('text-[10.5px]', contender.state === 'holds' ? 'fill-accent' : 'fill-ink-2')}
          >
            {stateInWords(view.kind, contender.state)}
          </text>
          <Watch contender={contender} from={x(index)} placeOf={placeOf} x={x} tip={`url(#${id}tip)`} />
        </g>
      ))}
    </svg>
  )
}

function Watch({
  contender,
  from,
  placeOf,
  x,
  tip,
}: {
  contender: ContenderView
  from: number
  placeOf: ReadonlyMap<string, number>
  x: (index: number) => number
  tip: string
}) {
  const edge = mainEdge(contender)
  const target = edge === null ? undefined : placeOf.get(edge.on)
  if (edge === null || target === undefined) return null
  const y = CHILDREN_TOP + BOX.height + 18
  const to = x(target) + 26
  return (
    <>
      <path
        d={`M${from - 26} ${y}C${from - 40} ${y + 20} ${to + 14} ${y + 20} ${to} ${y}`}
        className="stroke-wait"
        strokeDasharray={edge.proof === 'confirmed' ? undefined : '3 3'}
        markerEnd={tip}
      />
      <text x={(from + x(target)) / 2} y={y + 26} textAnchor="middle" stroke="none" className="fill-wait text-[10px]">
        {WATCHES}
      </text>
    </>
  )
}

function Box({ x, y, text, className }: { x: number; y: number; text: string; className: string }) {
  return (
    <>
      <rect
        x={x - BOX.width / 2}
        y={y}
        width={BOX.width}
        height={BOX.height}
        rx="6"
        className={cn('fill-raised', className)}
      />
      <text x={x} y={y + 16} textAnchor="middle" stroke="none" className="fill-ink font-mono text-[11px]">
        {text}
      </text>
    </>
  )
}
