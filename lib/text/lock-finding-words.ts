import type { Finding } from '@/lib/recipes/finding'
import { formatInteger } from '@/lib/znode/bytes'
import { formatDuration } from '@/lib/znode/times'
import { namesInSentence } from './lock-names'

/** A finding as a person reads it. */
export interface FindingWords {
  readonly title: string
  /** What was seen, and how sure that is. */
  readonly sentence: string
  /** What to do, or to look at first. */
  readonly advice: string
}

/** A finding, ready to be put into a sentence. */
export class Facts {
  readonly #finding: Finding

  constructor(finding: Finding) {
    this.#finding = finding
  }

  get count(): number {
    return this.#finding.count
  }

  /** The znodes that it is about. */
  get names(): string {
    return namesInSentence(this.#finding.subjects, this.count)
  }

  /** For what is certain, likely or possible. */
  by(certain: string, likely: string, possible: string): string {
    return { certain, likely, possible }[this.#finding.certainty]
  }

  /** `words` with the fact in it, or `otherwise` when it is not known. */
  with(fact: string, words: (value: string) => string, otherwise = ''): string {
    const value = this.#finding.facts[fact]
    return value === undefined || value === '' ? otherwise : words(value)
  }

  /** A fact in milliseconds as "12 s". */
  span(fact: string, words: (span: string) => string, otherwise = ''): string {
    return this.with(fact, (value) => words(formatDuration(Number(value))), otherwise)
  }

  number(fact: string, words: (number: string) => string, otherwise = ''): string {
    return this.with(fact, (value) => words(formatInteger(Number(value))), otherwise)
  }

  /** "has" of one, "have" of several. */
  verb(one: string, many: string): string {
    return this.count === 1 ? one : many
  }
}
