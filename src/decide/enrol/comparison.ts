/** "older than", "at least" … as trials write it. */
export type Comparison = '==' | '<=' | '>=' | '<' | '>'

/** A number with its comparison: ">=18", "<0.5". */
interface Bound {
  readonly comparison: Comparison
  readonly number: number
}

/** Reads ">= 18"; undefined for what is no bound. */
export function readBound(text: string): Bound | undefined {
  const [, comparison, number] = /^\s*(==|<=|>=|<|>)\s*(\d{1,6}(?:\.\d{0,6})?|\.\d{1,6})\s*$/.exec(text) ?? []
  return comparison === undefined
    ? undefined
    : { comparison: comparison as Comparison, number: Number(number) }
}

export function holds(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case '==':
      return left === right
    case '<=':
      return left <= right
    case '>=':
      return left >= right
    case '<':
      return left < right
    case '>':
      return left > right
  }
}

/** The comparison seen from the other side: who is older was born earlier. */
export const TURNED: Readonly<Record<Comparison, Comparison>> = {
  '==': '==',
  '<=': '>=',
  '>=': '<=',
  '<': '>',
  '>': '<',
}
