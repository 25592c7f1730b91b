import type { RuleId } from './classify'
import type { Evidence } from './evidence'
import type { Layout } from './layout'
import type { Recipe } from './recipe'

/** One library's recipes: what of a directory is its own, and who holds and who waits by its own rules. */
export interface Family {
  /** Such as "curator"; also what a test vector names. */
  readonly id: string
  /**
   * The names that its contenders have: where several libraries are in a directory, the one with most of them decides.
   * Without any, its contenders are counted.
   */
  readonly rules?: readonly RuleId[]
  /**
   * Null when nothing here is of this library. `now` is milliseconds since 1970, for recipes that depend on the time.
   */
  recognise(layout: Layout, evidence: Evidence, now: number): Recipe | null
}
