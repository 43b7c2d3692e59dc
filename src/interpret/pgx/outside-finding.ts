import type { OutsideCall } from '../../record/genotype.ts'
import type { PackRef } from '../../terms/evidence.ts'
import type { PgxFinding } from '../finding.ts'
import type { Interpreter } from './diplotype-call.ts'
import { readOutside } from './outside-gene.ts'
import { copiesThatFit } from './outside-reading.ts'

/**
 * A finding from what other laboratories called. Several calls of one gene are alternatives, all reported. They stand
 * instead of the genotype file's finding (`replaced`), unless no laboratory has a result: then the file's stays.
 */
export function outsideFinding(
  gene: Interpreter,
  calls: readonly OutsideCall[],
  replaced: PgxFinding | undefined,
  facts: readonly PackRef[],
): PgxFinding {
  const readings = calls.flatMap((call) => copiesThatFit(call).map((one) => readOutside(gene, one)))
  if (replaced?.from === 'genotype' && readings.length > 0 && readings.every((one) => one.noCall))
    return {
      ...replaced,
      why: [...replaced.why, 'The outside call has no result; the genotype file is used.'],
    }
  const diplotypes = readings.flatMap((one) => (one.diplotype === undefined ? [] : [one.diplotype]))
  const lookup = readings.flatMap((one) => one.lookup)
  const phenotypes = readings.flatMap((one) => one.phenotypes)
  const why = [...new Set(readings.flatMap((one) => one.notes))]
  for (const { diplotype } of calls.filter((call) => copiesThatFit(call).length > 1))
    why.push(`${diplotype} does not say how many copies: two, and three or more, were both looked at.`)
  if (calls.length > 1)
    why.push(`${calls.length} outside calls were sent for ${gene.rule.gene}; all are reported.`)
  if (replaced !== undefined && replaced.from === 'genotype') {
    const here = replaced.diplotypes.map((one) => one.name).join(' or ') || 'no call'
    why.push(`The outside call is used instead of the genotype file, which gives ${here}.`)
  }
  return {
    kind: 'pgx',
    gene: gene.rule.gene,
    sample: replaced?.sample,
    from: 'outside-call',
    diplotypes,
    alleles: [],
    lookup,
    phenotypes,
    activityScores: readings.flatMap((one) => one.activityScores),
    markers: [...new Set(readings.flatMap((one) => one.markers))],
    candidates: [],
    population: undefined,
    phenotypeCertain:
      readings.length > 0 &&
      readings.every((one) => one.certain) &&
      new Set(readings.map((one) => one.phenotypes.join())).size === 1,
    phase: 'none',
    positions: { defined: 0, seen: 0 },
    missing: [],
    notExcluded: [],
    undocumented: [],
    extraPositions: replaced?.extraPositions ?? [],
    clinical: undefined,
    doubts: [...new Set(readings.flatMap((one) => one.doubts))],
    blindTo: undefined,
    why,
    facts,
  }
}
