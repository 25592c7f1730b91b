import type { ShownTurn } from './live-turns'

/** More sessions than this get no lane: the ones that were there last do. */
export const MOST_LANES = 24

export interface TimelineInput {
  readonly turns: readonly ShownTurn[]
  readonly gaps: readonly { readonly from: number; readonly to: number }[]
  readonly watchedSince: number
  /** The part of time that is shown, ms by the clock of the turns. */
  readonly from: number
  readonly to: number
  /** px */
  readonly width: number
}

/** A bar: where the turn is, px. */
export interface Bar {
  readonly turn: ShownTurn
  readonly lane: number
  /** From where it waits, or holds, to where it ends. */
  readonly start: number
  readonly end: number
}

export interface TimelineLayout {
  readonly lanes: readonly { readonly key: string; readonly label: string }[]
  readonly lanesNotDrawn: number
  /** px: of a bar, and from one lane to the next. */
  readonly bar: number
  readonly pitch: number
  readonly height: number
  /** SVG paths of everything of one colour: three elements are drawn, however many turns there are. */
  readonly held: string
  readonly waited: string
  readonly gaps: readonly { readonly x: number; readonly width: number }[]
  /** By time. */
  readonly bars: readonly Bar[]
}

const TOP = 8
/** px from lane to lane, from which on they have room for names. */
export const NAMED_PITCH = 14

export function layOutTimeline(input: TimelineInput): TimelineLayout {
  const { turns, from, to, width, watchedSince } = input
  const scale = width / Math.max(1, to - from)
  const x = (at: number) => Math.min(Math.max(0, (at - from) * scale), width)
  const visible = turns.filter((turn) => startOf(turn, watchedSince) < to && (turn.endedAt ?? to) > from)
  const { lanes, lanesNotDrawn, laneOf } = lanesOf(visible)
  const { bar, pitch } = sizes(lanes.length)
  const bars: Bar[] = []
  let held = ''
  let waited = ''
  for (const turn of visible) {
    const lane = laneOf.get(keyOf(turn))
    if (lane === undefined) continue
    const start = x(startOf(turn, watchedSince))
    const end = x(turn.endedAt ?? to)
    const y = TOP + lane * pitch
    const got = turn.heldAt === null ? end : x(turn.heldAt)
    if (got > start) waited += box(start, y, got - start, bar)
    if (turn.heldAt !== null) held += box(got, y, Math.max(1.5, end - got), bar)
    bars.push({ turn, lane, start, end: Math.max(start + 1.5, end) })
  }
  bars.sort((a, b) => a.start - b.start || a.lane - b.lane)
  const unseen = [...input.gaps, { from: Number.NEGATIVE_INFINITY, to: watchedSince }]
  return {
    lanes,
    lanesNotDrawn,
    bar,
    pitch,
    height: TOP * 2 + Math.max(1, lanes.length) * pitch - (pitch - bar),
    held,
    waited,
    gaps: unseen.map((gap) => ({ x: x(gap.from), width: x(gap.to) - x(gap.from) })).filter((gap) => gap.width > 0.5),
    bars,
  }
}

/** Top of a lane, px. */
export function laneTop(lane: number, { pitch }: Pick<TimelineLayout, 'pitch'>): number {
  return TOP + lane * pitch
}

/** The turn at a place, or the nearest of its lane within `reach` px; null when there is none. */
export function barAt(layout: TimelineLayout, place: { x: number; y: number }, reach = 4): Bar | null {
  const lane = Math.floor((place.y - TOP + (layout.pitch - layout.bar) / 2) / layout.pitch)
  let best: Bar | null = null
  let distance = reach
  for (const bar of layout.bars) {
    if (bar.lane !== lane) continue
    const off = Math.max(bar.start - place.x, place.x - bar.end, 0)
    if (off > distance) continue
    best = bar
    distance = off
  }
  return best
}

/** When a turn began, as far as it was seen. */
function startOf({ queuedAt, heldAt, heldBefore }: ShownTurn, watchedSince: number): number {
  if (queuedAt !== null) return queuedAt
  return heldAt === null || heldBefore ? watchedSince : Math.min(heldAt, watchedSince)
}

function keyOf({ session, name }: ShownTurn): string {
  return session ?? name
}

function lanesOf(visible: readonly ShownTurn[]) {
  const labels = new Map<string, string>()
  for (const turn of visible) {
    const key = keyOf(turn)
    if (!labels.has(key) || turn.client !== null) labels.set(key, turn.client ?? key)
  }
  // A lane keeps its place among the others while time goes on: in the order of who came first.
  const keys = [...labels.keys()]
  const drawn = keys.length <= MOST_LANES ? keys : newest(visible, keys)
  const lanes = drawn.map((key) => ({ key, label: labels.get(key) ?? key }))
  return {
    lanes,
    lanesNotDrawn: keys.length - lanes.length,
    laneOf: new Map(lanes.map(({ key }, lane) => [key, lane])),
  }
}

function newest(visible: readonly ShownTurn[], keys: readonly string[]): readonly string[] {
  const kept = new Set<string>()
  // Who holds or held last says more than who queued last.
  const byHold = [...visible].sort((a, b) => (b.heldAt ?? 0) - (a.heldAt ?? 0))
  for (const turn of byHold) {
    if (kept.size === MOST_LANES) break
    kept.add(keyOf(turn))
  }
  return keys.filter((key) => kept.has(key))
}

function sizes(lanes: number): { readonly bar: number; readonly pitch: number } {
  if (lanes <= 8) return { bar: 14, pitch: 18 }
  return lanes <= 14 ? { bar: 10, pitch: 14 } : { bar: 5, pitch: 7 }
}

function box(x: number, y: number, width: number, height: number): string {
  return `M${x.toFixed(1)} ${y}h${width.toFixed(1)}v${height}h${(-width).toFixed(1)}z`
}
