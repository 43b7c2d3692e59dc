import type { Category, CategoryLeaf } from './category.ts'
import type { Marker } from './marker.ts'

/** One pattern, which must be there or must not. */
export interface Literal {
  readonly pattern: CategoryLeaf | Marker
  readonly present: boolean
}

/** More are not written out: nobody would read them. */
const MOST = 500

/**
 * A category as alternatives, each a list of patterns that must hold together: "A AND (B OR C)" is [A, B] and [A, C].
 * undefined: there would be more than 500.
 */
export function alternativesOf(category: Category): readonly (readonly Literal[])[] | undefined {
  return expand(category, true)
}

function expand(category: Category, present: boolean): readonly (readonly Literal[])[] | undefined {
  switch (category.kind) {
    case 'not':
      return expand(category.of, !present)
    case 'and':
    case 'or': {
      const parts = category.of.map((one) => expand(one, present))
      if (!parts.every((one) => one !== undefined)) return undefined
      // What is not one of several is none of them.
      if ((category.kind === 'or') === present) return atMost(parts.flat())
      let rows: readonly (readonly Literal[])[] | undefined = [[]]
      for (const part of parts)
        rows = rows && atMost(rows.flatMap((row) => part.map((one) => [...row, ...one])))
      return rows
    }
    default:
      return [[{ pattern: category, present }]]
  }
}

function atMost<T>(rows: readonly T[]): readonly T[] | undefined {
  return rows.length > MOST ? undefined : rows
}
