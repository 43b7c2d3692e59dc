import type { MemberCall } from '../../../record/family-variant.ts'
import { type CallRules, carried, passes } from './reliability.ts'

/** Why the person's own call should be confirmed before it is told. */
export function callDoubts(
  call: MemberCall,
  filter: string,
  anyShare: boolean,
  rules: CallRules,
): readonly string[] {
  const { depth, quality, referenceReads, alternateReads } = call
  const reads = [
    ...(depth === undefined ? [] : [`${depth} reads`]),
    ...(alternateReads === undefined || referenceReads === undefined
      ? []
      : [`${alternateReads} of them with it`]),
    ...(quality === undefined ? [] : [`quality ${quality}`]),
  ]
  const unsure = carried(call, anyShare ? { ...rules, balance: [0, 1] } : rules) === 'unsure'
  return [
    ...(passes(filter)
      ? []
      : [`The caller marked the site as failed (${filter}): confirm it by another method.`]),
    ...(unsure ? [`The call is not sure (${reads.join(', ')}): confirm it by another method.`] : []),
  ]
}
