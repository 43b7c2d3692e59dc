import type { GeneBasis, Recommendation } from '../../decide/plan.ts'
import type { Phenoconversion } from '../../interpret/finding.ts'
import type { PopulationCodes } from './report-input.ts'

const STRENGTHS: Readonly<Record<Recommendation['strength'], string>> = {
  strong: 'strong',
  moderate: 'moderate',
  optional: 'optional',
  none: 'no recommendation',
  unspecified: 'not graded',
}

/** How firmly the publisher says it. "Not graded": the publisher gives no strength, or none was carried here. */
export function strengthWords(strength: Recommendation['strength']): string {
  return STRENGTHS[strength]
}

/** "CPIC (strong), DPWG (not graded)", each publisher and strength once, in the order of the plan. */
export function whoWords(recommendations: readonly Recommendation[]): string {
  const who = recommendations.map((one) => `${one.source} (${strengthWords(one.strength)})`)
  return [...new Set(who)].join(', ')
}

/** "CYP2D6 *1/*4, Poor Metabolizer, activity score 0.0 while taking paroxetine". */
export function basisWords(basis: GeneBasis): string {
  const parts = [`${basis.gene} ${basis.result}`]
  if (basis.phenotype !== undefined && basis.phenotype !== basis.result) parts.push(basis.phenotype)
  if (basis.activityScore !== undefined) parts.push(`activity score ${basis.activityScore}`)
  const drugs = [...new Set(basis.convertedBy.map((one) => one.by.drug))]
  return drugs.length > 0 ? `${parts.join(', ')} while taking ${drugs.join(' and ')}` : parts.join(', ')
}

/** The gene results behind several recommendations, each once. */
export function basesWords(recommendations: readonly Recommendation[]): readonly string[] {
  return [...new Set(recommendations.flatMap((one) => one.basis.map(basisWords)))]
}

/** The same for a glance: "CYP2D6 Poor Metabolizer", or the result where no phenotype stands behind it. */
export function briefBasesWords(recommendations: readonly Recommendation[]): readonly string[] {
  const bases = recommendations.flatMap((one) => one.basis)
  return [...new Set(bases.map((one) => `${one.gene} ${one.phenotype ?? one.result}`))]
}

/** Who a recommendation is meant for, to follow "for": "patients with ACS or PCI, 18 years or older". */
export function populationWords(population: Recommendation['population'], words?: PopulationCodes): string {
  const { code } = population
  const who = code === 'general' ? undefined : words?.say('population', code)
  const indications = (population.indication ?? []).map(
    (one) => words?.say('indication', one) ?? one.replace(/[-:]/g, ' '),
  )
  const parts: string[] = []
  if (who === undefined && indications.length > 0) parts.push(`treated for ${indications.join(' or ')}`)
  else if (who === undefined && code !== 'general') parts.push(code.replace(/[-:]/g, ' '))
  const { ageMin, ageMax, weightMinKg, adultsAtAnyWeight, exposure } = population
  if (ageMin !== undefined && ageMax !== undefined) parts.push(`${ageMin} to under ${ageMax} years`)
  else if (ageMin !== undefined) parts.push(`${ageMin} years or older`)
  else if (ageMax !== undefined) parts.push(`under ${ageMax} years`)
  if (weightMinKg !== undefined)
    parts.push(`more than ${weightMinKg} kg${adultsAtAnyWeight === true ? ' (adults at any weight)' : ''}`)
  if (exposure === 'naive') parts.push('who have not taken it before')
  if (exposure === 'established')
    parts.push('who have taken it for longer than three months without the reaction')
  if (population.noAlternative === true) parts.push('for whom no other drug is possible')
  if (who !== undefined) return [who, ...parts].join(', ')
  return parts.length > 0 ? ['people', ...parts].join(', ') : 'everyone'
}

/** "paroxetine, strong inhibitor". */
export function conversionWords(one: Phenoconversion): string {
  const strength = one.strength === 'unknown' ? '' : `${one.strength} `
  return `${one.by.drug}, ${strength}${one.role}`
}
