export interface Point {
  readonly x: number
  readonly y: number
}

export interface Ring {
  readonly width: number
  readonly height: number
  /** Sessions at even places, what each waits for at the odd place behind it. */
  readonly places: number
  readonly arrows: readonly {
    readonly path: string
    readonly head: string
    /** A session waits for a lock, solid for a lock that is held by the next session. */
    readonly waits: boolean
    readonly label: Point
  }[]
}

/** Half the size of a node, px. */
const HALF = { x: 68, y: 14 }

/** A ring of `steps` sessions and as many locks, clockwise from the top. */
export function ringOf(steps: number): Ring {
  const places = steps * 2
  const width = 440
  const height = Math.max(210, 60 + steps * 62)
  const frame = { width, height, places, arrows: [] }
  const arrows = Array.from({ length: places }, (_, place) => {
    const start = edgeOf(pointOnRing(frame, place), pointOnRing(frame, place + 1))
    const end = edgeOf(pointOnRing(frame, place + 1), pointOnRing(frame, place))
    const angle = Math.atan2(end.y - start.y, end.x - start.x)
    const wing = (turn: number) => `${r(end.x - 7 * Math.cos(angle + turn))} ${r(end.y - 7 * Math.sin(angle + turn))}`
    const outward = { x: (start.x + end.x) / 2 - width / 2, y: (start.y + end.y) / 2 - height / 2 }
    return {
      path: `M${r(start.x)} ${r(start.y)}L${r(end.x)} ${r(end.y)}`,
      head: `M${wing(0.5)}L${r(end.x)} ${r(end.y)}L${wing(-0.5)}`,
      waits: place % 2 === 0,
      label: {
        x: r((start.x + end.x) / 2 + Math.sign(outward.x) * 30),
        y: r((start.y + end.y) / 2 + Math.sign(outward.y) * 4),
      },
    }
  })
  return { ...frame, arrows }
}

export function pointOnRing({ width, height, places }: Omit<Ring, 'arrows'>, place: number): Point {
  const angle = (place / places) * 2 * Math.PI - Math.PI / 2
  return {
    x: width / 2 + Math.cos(angle) * (width / 2 - HALF.x - 2),
    y: height / 2 + Math.sin(angle) * (height / 2 - HALF.y - 2),
  }
}

/** Where the straight line from the middle of a node to another point leaves its box. */
function edgeOf(from: Point, to: Point): Point {
  const dx = to.x - from.x
  const dy = to.y - from.y
  const scale = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : HALF.x / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : HALF.y / Math.abs(dy),
  )
  return { x: from.x + dx * scale, y: from.y + dy * scale }
}

function r(value: number): number {
  return Math.round(value * 10) / 10
}
