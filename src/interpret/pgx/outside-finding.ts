import type { OutsideCall } from '../../record/genotype.ts'
import type { PackRef } from '../../terms/evidence.ts'
import type { PgxFinding } from '../finding.ts'
import type { Interpreter } from './diplotype-call.ts'
import { readOutside } from './outside-gene.ts'
import { copiesThatFit, type OutsideReading } from './outside-reading.ts'

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
  const results = readings.filter((one) => !one.noCall)
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
    doubts: [
      ...new Set((results.length > 0 ? results : readings).flatMap((one) => one.doubts)),
      ...differing(results),
      ...againstFile(phenotypes, replaced),
    ],
    blindTo: undefined,
    why,
    facts,
  }
}

/** Results that cannot both be true of one person, be it two reports or one that leaves the number of copies open. */
function differing(results: readonly OutsideReading[]): string[] {
  const told = results.filter((one) => one.phenotypes.length > 0)
  const meant = new Set(told.map((one) => one.phenotypes.join(', ')))
  const markers = new Set(told.flatMap((one) => one.markers))
  const both = [...markers].filter(
    (one) => markers.has(one.replace(/positive$/, 'negative')) && /positive$/.test(one),
  )
  if (markers.size > 0)
    return both.map((one) => `${one.split(' ')[0]} is reported as positive and as negative`)
  return meant.size > 1 ? [`the results that were sent mean different things: ${[...meant].join('; ')}`] : []
}

/** What the genotype file says for sure and the laboratory says otherwise: one of the two may be somebody else's. */
function againstFile(phenotypes: readonly string[], file: PgxFinding | undefined): string[] {
  if (file?.from !== 'genotype' || !file.phenotypeCertain || phenotypes.length === 0) return []
  if (file.phenotypes.length === 0 || file.phenotypes.some((one) => phenotypes.includes(one))) return []
  const names = file.diplotypes.map((one) => one.name).join(' or ')
  return [`the genotype file gives ${names} (${[...new Set(file.phenotypes)].join(' or ')})`]
}
