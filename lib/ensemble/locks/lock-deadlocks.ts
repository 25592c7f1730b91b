import type { DeadlockView } from '@/lib/queries/lock-responses'
import { findDeadlocks } from '@/lib/recipes/deadlock'
import { deadlockFinding, deadlockView } from '@/lib/recipes/deadlock-view'
import type { Evidence } from '@/lib/recipes/evidence'
import type { Finding } from '@/lib/recipes/finding'
import { NO_STANDING, standStill } from '@/lib/recipes/standing'
import type { LockAt } from '@/lib/recipes/waits-for'

export interface DeadlocksOfLock {
  readonly views: readonly DeadlockView[]
  readonly findings: readonly Finding[]
}

const NONE: DeadlocksOfLock = { views: [], findings: [] }

/** A look is followed by this many times as long without one, up to a limit. */
const REST = 10
const LONGEST_REST_MS = 10_000

/** Circles of sessions across the locks that are known, looked for from time to time: a deadlock stands for ever. */
export class LockDeadlocks {
  #standing = NO_STANDING
  #restUntil = 0
  #byPath = new Map<string, { views: DeadlockView[]; findings: Finding[] }>()

  /** Returns the paths of the locks that are, or were, part of one. */
  look(locks: readonly LockAt[], evidence: Evidence, now: number): ReadonlySet<string> {
    const began = performance.now()
    if (began < this.#restUntil) return new Set()
    const still = standStill(this.#standing, locks, now)
    this.#standing = still.standing
    const before = this.#byPath
    this.#byPath = new Map()
    for (const cycle of findDeadlocks(still.locks)) {
      const view = deadlockView(cycle, evidence)
      for (const path of new Set(cycle.steps.flatMap(({ holds, waitsFor }) => [holds.path, waitsFor.path]))) {
        const known = this.#byPath.get(path) ?? { views: [], findings: [] }
        known.views.push(view)
        const finding = deadlockFinding(cycle, path)
        if (finding !== null) known.findings.push(finding)
        this.#byPath.set(path, known)
      }
    }
    const ended = performance.now()
    this.#restUntil = ended + Math.min((ended - began) * REST, LONGEST_REST_MS)
    return new Set([...before.keys(), ...this.#byPath.keys()])
  }

  of(path: string): DeadlocksOfLock {
    return this.#byPath.get(path) ?? NONE
  }

  clear(): void {
    this.#standing = NO_STANDING
    this.#byPath.clear()
  }
}
