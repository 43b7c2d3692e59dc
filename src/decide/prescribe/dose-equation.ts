import type { DoseEquation, Term } from '../../knowledge/guideline/dose-equation.ts'

/** What an equation is fed with: a number, or the name of a state ("AG", "yes"). */
export type InputValue = number | string

/**
 * The dose that a published equation gives, in its unit, not rounded. Every input that its terms name must be there and
 * be one that they know: RangeError otherwise. Nothing has a default.
 */
export function doseOf(equation: DoseEquation, inputs: ReadonlyMap<string, InputValue>): number {
  const sum = equation.terms.reduce((total, term) => total + summand(term, inputs), equation.intercept)
  return equation.result === 'square' ? sum * sum : Math.exp(sum)
}

function summand(term: Term, inputs: ReadonlyMap<string, InputValue>): number {
  const value = inputs.get(term.input)
  if ('per' in term) {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new RangeError(`input "${term.input}" must be a number, got ${value}`)
    }
    return term.per * value
  }
  const coefficient = typeof value === 'string' ? term.is[value] : undefined
  if (coefficient === undefined) {
    throw new RangeError(
      `input "${term.input}" must be one of ${Object.keys(term.is).join(', ')}, got ${value}`,
    )
  }
  return coefficient
}
