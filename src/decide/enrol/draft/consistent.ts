import type { Criterion } from '../criterion.ts'
import type { Piece } from './piece.ts'
import { isBound } from './stance.ts'

/**
 * Without bounds that a text gives twice on one side of one variable, "age ≥ 18 years for T1; age ≥ 12 years for T4": each of
 * them is for some people only.
 */
export function consistent(pieces: readonly Piece[]): readonly Piece[] {
  const times = new Map<string, number>()
  for (const { criterion } of pieces)
    for (const key of boundKeys(criterion)) times.set(key, (times.get(key) ?? 0) + 1)
  return pieces.filter(({ criterion }) => !boundKeys(criterion).some((key) => times.get(key)! > 1))
}

function boundKeys(criterion: Criterion): readonly string[] {
  if (criterion.kind === 'all' || criterion.kind === 'any') return criterion.of.flatMap(boundKeys)
  if (!isBound(criterion) || !('comparison' in criterion)) return []
  const test = criterion.kind === 'lab' ? criterion.test : criterion.kind
  return [`${test} ${criterion.comparison[0]}`]
}

/** Whether criteria that should hold together ask for two results of one marker, as lists of tumour types do. */
export function contradicts(criteria: readonly Criterion[]): boolean {
  const asked = criteria.flatMap(markersOf)
  return asked.some(([marker, values], i) =>
    asked
      .slice(i + 1)
      .some(([other, others]) => other === marker && !values.some((one) => others.includes(one))),
  )
}

function markersOf(criterion: Criterion): readonly (readonly [marker: string, values: readonly string[]])[] {
  if (criterion.kind === 'all') return criterion.of.flatMap(markersOf)
  if (criterion.kind === 'any') return criterion.of.length > 0 ? markersOf(criterion.of[0]!) : []
  return criterion.kind === 'marker' ? [[criterion.marker, criterion.values]] : []
}
