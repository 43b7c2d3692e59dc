import type { HgvsExpression } from './expression.ts'
import { parseHgvs } from './parse.ts'
import { checkSequenceKind } from './sequence-kind.ts'

/**
 * An expression as somebody sends it: spaces, line breaks and marks without width that a report or a table put in say nothing.
 * Throws the faults of `parseHgvs` and HGVS_SEQUENCE_KIND.
 */
export function readAskedHgvs(text: string): HgvsExpression {
  const expression = parseHgvs(text.replace(/[\s\p{Cf}]+/gu, ''))
  checkSequenceKind(expression)
  return expression
}
