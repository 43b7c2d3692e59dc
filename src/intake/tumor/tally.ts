import type { LeftOut } from '../../record/tumor-part.ts'

const EXAMPLES = 5

/** Counts what is left out, by reason, with the first few of each. */
export class Tally {
  readonly #counts = new Map<string, { count: number; examples: string[] }>()

  add(reason: string, example: string): void {
    let found = this.#counts.get(reason)
    if (found === undefined) {
      found = { count: 0, examples: [] }
      this.#counts.set(reason, found)
    }
    found.count++
    if (found.examples.length < EXAMPLES) found.examples.push(example)
  }

  /** Most frequent first. */
  list(): LeftOut[] {
    return [...this.#counts]
      .map(([reason, { count, examples }]) => ({ reason, count, examples }))
      .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
  }
}
