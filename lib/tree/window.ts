/**
 * The part of a list of equally high rows that is on the screen, for lists longer than a browser can scroll: an element
 * is clamped at 16,777,200 px (Chrome on a dense screen) and 17,895,698 px (Firefox), a million rows need 26,000,000.
 *
 * `logical` is the true offset of the viewport in the list, `top` the scrollTop of an element that is at most
 * {@link SPACER_LIMIT} px high. They move together, pixel by pixel, while somebody scrolls; a jump of more than a
 * viewport is the scrollbar's thumb and goes to the proportional place; when scrolling has ended `top` is put to where
 * the thumb belongs. So a wheel tick is a wheel tick in any list, and the thumb still spans all of it.
 */
export const SPACER_LIMIT = 8_000_000

/** Near both ends `top` and `logical` run 1:1 even in a compressed list, so that the ends are reached like any end. */
const EDGE = 10_000

export interface WindowSnapshot {
  readonly rowCount: number
  /** Rows to mount: [first, last). */
  readonly first: number
  readonly last: number
  /** A row stands at translateY(row * rowHeight + shift). */
  readonly shift: number
  readonly spacerHeight: number
  /** The rows are others with every frame: somebody drags the thumb. Until {@link RowWindow.settle}. */
  readonly flying: boolean
}

export type Align = 'nearest' | 'start' | 'center'

export interface WindowOptions {
  readonly rowCount: number
  /** px */
  readonly rowHeight: number
  /** Rows mounted above and below the viewport. */
  readonly overscan?: number
}

export class RowWindow {
  readonly rowHeight: number
  #rowCount: number
  readonly #overscan: number
  #viewport = 0
  #top = 0
  #logical = 0
  #scrolling = false
  #flying = false
  #pendingTop: number | null = null
  #snapshot: WindowSnapshot
  readonly #listeners = new Set<() => void>()

  constructor(options: WindowOptions) {
    this.#rowCount = options.rowCount
    this.rowHeight = options.rowHeight
    this.#overscan = options.overscan ?? 8
    this.#snapshot = this.#compute()
  }

  /** The same object until something that is drawn changes. */
  get snapshot(): WindowSnapshot {
    return this.#snapshot
  }

  /** Offset of the viewport in the list, px. */
  get offset(): number {
    return this.#logical
  }

  get viewport(): number {
    return this.#viewport
  }

  /** Between the first scroll event and {@link settle}. */
  get scrolling(): boolean {
    return this.#scrolling
  }

  /** The scrollTop to write into the element once the snapshot is in the DOM; null when it is right already. */
  get pendingTop(): number | null {
    return this.#pendingTop
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The viewport is `height` px high now. */
  resize(height: number): void {
    if (height === this.#viewport) return
    this.#viewport = height
    this.#place(this.#logical)
  }

  /** The list has another length; `offset` moves the viewport with it, so that the row at its top can stay there. */
  update(rowCount: number, offset = this.#logical): void {
    if (rowCount === this.#rowCount && offset === this.#logical) return
    this.#rowCount = rowCount
    this.#place(offset)
  }

  /** The element was scrolled to `top` px by a person (or by our own write, which changes nothing). */
  scrolled(top: number): void {
    const delta = top - this.#top
    if (delta === 0) return
    this.#top = top
    this.#scrolling = true
    if (Math.abs(delta) >= this.#viewport) this.#flying = true
    const max = this.#maxTop()
    if (top <= 0) this.#logical = 0
    else if (top >= max) this.#logical = this.#maxLogical()
    else if (Math.abs(delta) < this.#viewport || max === this.#maxLogical())
      this.#logical = this.#clamp(this.#logical + delta)
    else this.#logical = this.#logicalAt(top)
    this.#keepFromEnds()
    this.#publish()
  }

  /** No scroll event for a while: the thumb may jump to where it belongs, the rows stay where they are. */
  settle(): void {
    this.#scrolling = false
    this.#flying = false
    const wanted = this.#topAt(this.#logical)
    if (wanted !== Math.round(this.#top)) this.#move(wanted)
    this.#publish()
  }

  scrollToRow(row: number, align: Align = 'nearest'): void {
    const start = row * this.rowHeight
    const end = start + this.rowHeight
    const fitsAbove = start >= this.#logical
    const fitsBelow = end <= this.#logical + this.#viewport
    if (align === 'nearest' && fitsAbove && fitsBelow) return
    if (align === 'center') this.#jump(start - (this.#viewport - this.rowHeight) / 2)
    else if (align === 'start' || !fitsAbove) this.#jump(start)
    else this.#jump(end - this.#viewport)
  }

  /** {@link pendingTop} was written and the element now says `top` (it rounds, and clamps when it is not laid out). */
  placed(top: number): void {
    this.#pendingTop = null
    const off = top - this.#top
    if (off === 0) return
    this.#top = top
    if (Math.abs(off) < 1) this.#logical = this.#clamp(this.#logical + off)
    this.#publish()
  }

  #jump(offset: number): void {
    this.#logical = this.#clamp(offset)
    this.#move(this.#topAt(this.#logical))
    this.#publish()
  }

  #place(offset: number): void {
    this.#logical = this.#clamp(offset)
    // While somebody scrolls, the rows are moved under the viewport instead: writing scrollTop would stop the scroll.
    // The browser clamps scrollTop by itself when the element gets shorter.
    if (this.#scrolling) {
      this.#top = Math.min(this.#top, this.#maxTop())
      this.#keepFromEnds()
    } else if (this.#topAt(this.#logical) !== Math.round(this.#top)) this.#move(this.#topAt(this.#logical))
    this.#publish()
  }

  /** The next scroll event must not hit an end of the element that is not the end of the list. */
  #keepFromEnds(): void {
    const wanted = this.#topAt(this.#logical)
    const nearEnd = this.#top < this.#viewport || this.#top > this.#maxTop() - this.#viewport
    if (nearEnd && wanted !== Math.round(this.#top)) this.#move(wanted)
  }

  #move(top: number): void {
    this.#top = top
    this.#pendingTop = top
  }

  #height(): number {
    return Math.min(this.#rowCount * this.rowHeight, SPACER_LIMIT)
  }

  #maxTop(): number {
    return Math.max(0, this.#height() - this.#viewport)
  }

  #maxLogical(): number {
    return Math.max(0, this.#rowCount * this.rowHeight - this.#viewport)
  }

  #clamp(offset: number): number {
    return Math.min(Math.max(0, offset), this.#maxLogical())
  }

  #topAt(logical: number): number {
    const max = this.#maxTop()
    const end = this.#maxLogical()
    const edge = Math.min(EDGE, max / 4)
    if (max === end || logical <= edge) return Math.round(logical)
    if (logical >= end - edge) return Math.round(max - (end - logical))
    return Math.round(edge + ((logical - edge) / (end - 2 * edge)) * (max - 2 * edge))
  }

  #logicalAt(top: number): number {
    const max = this.#maxTop()
    const end = this.#maxLogical()
    const edge = Math.min(EDGE, max / 4)
    if (max === end || top <= edge) return this.#clamp(top)
    if (top >= max - edge) return this.#clamp(end - (max - top))
    return edge + ((top - edge) / (max - 2 * edge)) * (end - 2 * edge)
  }

  #compute(): WindowSnapshot {
    const first = Math.floor(this.#logical / this.rowHeight) - this.#overscan
    const last = Math.ceil((this.#logical + this.#viewport) / this.rowHeight) + this.#overscan
    return {
      rowCount: this.#rowCount,
      first: Math.min(Math.max(0, first), this.#rowCount),
      last: Math.min(Math.max(0, last), this.#rowCount),
      shift: this.#top - this.#logical,
      spacerHeight: this.#height(),
      flying: this.#flying,
    }
  }

  #publish(): void {
    const next = this.#compute()
    const now = this.#snapshot
    const same =
      next.first === now.first &&
      next.last === now.last &&
      Math.abs(next.shift - now.shift) < 0.01 &&
      next.rowCount === now.rowCount &&
      next.spacerHeight === now.spacerHeight &&
      next.flying === now.flying &&
      this.#pendingTop === null
    if (same) return
    this.#snapshot = next
    for (const listener of this.#listeners) listener()
  }
}
