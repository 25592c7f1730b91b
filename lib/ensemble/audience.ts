import { type ChangeSink, type Delivery, Subscription } from './subscription'

/** Everybody who looks at something of one ensemble. */
export class Audience {
  readonly #subscriptions = new Set<Subscription>()

  subscribe(sink: ChangeSink): Subscription {
    const subscription = new Subscription(sink)
    this.#subscriptions.add(subscription)
    return subscription
  }

  unsubscribe(subscription: Subscription): void {
    this.#subscriptions.delete(subscription)
  }

  /** Nobody looks at anything. */
  get isEmpty(): boolean {
    return [...this.#subscriptions].every((subscription) => subscription.isEmpty)
  }

  /** Somebody has the znode open. */
  opens(path: string): boolean {
    for (const subscription of this.#subscriptions) if (subscription.hasNode(path)) return true
    return false
  }

  /** Somebody has its children on the screen. */
  lists(path: string): boolean {
    for (const subscription of this.#subscriptions) if (subscription.hasDirectory(path)) return true
    return false
  }

  /** The znodes that somebody has open, each once. */
  get nodes(): Set<string> {
    const all = new Set<string>()
    for (const subscription of this.#subscriptions) for (const path of subscription.nodes) all.add(path)
    return all
  }

  deliver(delivery: Delivery): void {
    for (const subscription of this.#subscriptions) subscription.deliver(delivery)
  }
}
