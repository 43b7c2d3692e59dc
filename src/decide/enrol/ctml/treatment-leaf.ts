import { type Criterion, unreadable } from '../criterion.ts'
import type { Entry } from './document.ts'
import { keyOf, withoutNegation } from './vocabulary.ts'

/** A prior treatment that was given, or with "!" was not. */
export function treatmentCriterion(leaf: Entry): Criterion {
  const entries = Object.entries(leaf)
  const [only] = entries
  if (only === undefined || entries.length > 1 || keyOf(only[0]) !== 'drug') {
    return unreadable(
      `prior treatment by ${entries.map(([key]) => key).join(', ') || 'nothing'}`,
      'Name one "drug".',
    )
  }
  const [drug, negate] = withoutNegation(only[1])
  if (typeof drug !== 'string' || drug === '')
    return unreadable('the drug is no name', 'Write the name of one drug.')
  return negate ? { kind: 'not', of: { kind: 'treated', drug } } : { kind: 'treated', drug }
}
