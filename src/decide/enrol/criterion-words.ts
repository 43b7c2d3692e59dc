import type { Criterion } from './criterion.ts'
import { leafWords } from './words.ts'

/** A criterion in words: "age >= 18 years and not (TP53, mutations)". */
export function criterionWords(criterion: Criterion): string {
  switch (criterion.kind) {
    case 'all':
    case 'any':
      return criterion.of.length === 0
        ? 'no criterion'
        : criterion.of.map(withinWords).join(criterion.kind === 'all' ? ' and ' : ' or ')
    case 'not':
      return `not ${withinWords(criterion.of)}`
    default:
      return leafWords(criterion)
  }
}

function withinWords(criterion: Criterion): string {
  const words = criterionWords(criterion)
  return (criterion.kind === 'all' || criterion.kind === 'any') && criterion.of.length > 1
    ? `(${words})`
    : words
}

/** The parts that must all hold, each with whether it excludes. */
export function conjuncts(
  criterion: Criterion,
): readonly { readonly part: Criterion; readonly exclude: boolean }[] {
  if (criterion.kind === 'all') return criterion.of.flatMap(conjuncts)
  return criterion.kind === 'not'
    ? [{ part: criterion.of, exclude: true }]
    : [{ part: criterion, exclude: false }]
}
