/** A queue from whose middle a request can leave at once: what was given up while waiting must not pile up. */
export class RequestList<T extends Linked<T>> {
  #first: T | null = null
  #last: T | null = null
  #length = 0

  get length(): number {
    return this.#length
  }

  get first(): T | null {
    return this.#first
  }

  push(item: T): void {
    item.previous = this.#last
    item.next = null
    if (this.#last === null) this.#first = item
    else this.#last.next = item
    this.#last = item
    this.#length += 1
  }

  unshift(item: T): void {
    item.next = this.#first
    item.previous = null
    if (this.#first === null) this.#last = item
    else this.#first.previous = item
    this.#first = item
    this.#length += 1
  }

  shift(): T | null {
    const item = this.#first
    if (item !== null) this.remove(item)
    return item
  }

  /** item must be in this list. */
  remove(item: T): void {
    if (item.previous === null) this.#first = item.next
    else item.previous.next = item.next
    if (item.next === null) this.#last = item.previous
    else item.next.previous = item.previous
    item.previous = null
    item.next = null
    this.#length -= 1
  }

  /** Empties the list and returns what was in it, in order. */
  drain(): T[] {
    const items: T[] = []
    for (let item = this.shift(); item !== null; item = this.shift()) items.push(item)
    return items
  }
}

export interface Linked<T> {
  previous: T | null
  next: T | null
}
