/** A box as it is laid out, px. */
export interface Box {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export interface EdgePath {
  readonly path: string
  readonly head: string
  /** Over the middle of the way. */
  readonly cross: string
}

/** How far below its top a box is met from the side. */
const SHOULDER = 36

/**
 * The way from who waits to what he waits for, on his left. Within a lane a straight line; between lanes a bow that ends
 * at the upper or lower side, so that it passes over nobody who stands in between.
 */
export function edgePath(waiter: Box, target: Box, sameLane: boolean): EdgePath {
  if (sameLane) {
    const y1 = waiter.top + Math.min(SHOULDER, waiter.height / 2)
    const y2 = target.top + Math.min(SHOULDER, target.height / 2)
    const x1 = waiter.left - 2
    const x2 = target.left + target.width + 3
    return {
      path: `M${x1} ${y1}L${x2} ${y2}`,
      head: `M${x2 + 6} ${y2 - 4}l-6 4 6 4`,
      cross: crossAt((x1 + x2) / 2, (y1 + y2) / 2),
    }
  }
  if (target.top < waiter.top) {
    const y1 = waiter.top + 14
    const x1 = waiter.left - 2
    const x2 = target.left + target.width * 0.7
    const y2 = target.top + target.height + 3
    return {
      path: `M${x1} ${y1}C${x1 - 60} ${y1} ${x2} ${y1 + 6} ${x2} ${y2}`,
      head: `M${x2 - 4} ${y2 + 6}l4-6 4 6`,
      cross: crossAt(x1 - (x1 - x2) * 0.45, y1),
    }
  }
  const x1 = waiter.left + waiter.width * 0.3
  const y1 = waiter.top + waiter.height + 2
  const x2 = target.left + target.width + 3
  const y2 = target.top + 14
  return {
    path: `M${x1} ${y1}C${x1} ${y2 + 2} ${x2 + 40} ${y2} ${x2} ${y2}`,
    head: `M${x2 + 6} ${y2 - 4}l-6 4 6 4`,
    cross: crossAt(x2 + (x1 - x2) * 0.55, y2 - 2),
  }
}

function crossAt(x: number, y: number): string {
  return `M${x - 4} ${y - 4}l8 8m0-8-8 8`
}
