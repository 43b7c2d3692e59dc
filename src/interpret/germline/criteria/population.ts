import type { AcmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import type { Criterion, CriterionFact } from '../../finding/germline.ts'
import type { PopulationEvidence, VariantEvidence } from '../evidence.ts'
import { met, notAssessed, notMet, notUsed } from './verdict.ts'

/** The frequency that counts, and the fact that says so. */
function frequencyOf(population: PopulationEvidence | undefined): [number, CriterionFact] | undefined {
  if (population === undefined) return undefined
  const { filteringFrequency, frequency, absent, alleles, source } = population
  const of = alleles === undefined ? '' : ` of ${alleles} alleles`
  if (filteringFrequency !== undefined)
    return [
      filteringFrequency,
      { what: `highest filtering allele frequency ${filteringFrequency}${of}`, source },
    ]
  if (frequency !== undefined)
    return [frequency, { what: `highest allele frequency ${frequency}${of}`, source }]
  return absent === true ? [0, { what: `not seen at a covered position${of}`, source }] : undefined
}

/** BA1 (Ghosh 2018): common in a population, unless it is one of the common variants that cause disease. */
export function ba1(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  const frequency = frequencyOf(evidence.population)
  if (frequency === undefined) return notAssessed('BA1', 'the frequency in a population')
  const [value, fact] = frequency
  const limit = evidence.gene?.ba1 ?? rules.threshold('BA1').value
  if (value <= limit) return notMet('BA1', `The frequency does not exceed ${limit}.`, [fact])
  if (rules.isBa1Exception(evidence.variant))
    return notUsed(
      'BA1',
      'The variant is common and yet on the list of those that BA1 must not be used for.',
      [fact],
    )
  const alleles = evidence.population?.alleles
  const enough = rules.threshold('BA1-alleles').value
  if (alleles !== undefined && alleles < enough)
    return notAssessed('BA1', `a population of at least ${enough} alleles`, [fact])
  if (evidence.calledPathogenic !== undefined)
    return notAssessed('BA1', 'why it is called pathogenic although it is common', [
      fact,
      { what: `called ${evidence.calledPathogenic.as}`, source: evidence.calledPathogenic.source },
    ])
  return met('BA1', 'stand-alone', `The frequency exceeds ${limit}.`, [fact])
}

/** BS1 (Whiffin 2017): more frequent than the disease can explain. The largest frequency it can explain has no default. */
export function bs1(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  const frequency = frequencyOf(evidence.population)
  if (frequency === undefined) return notAssessed('BS1', 'the frequency in a population')
  const [value, fact] = frequency
  const limit = evidence.gene?.bs1
  if (limit === undefined)
    return notAssessed('BS1', 'the largest frequency that the disease can explain', [fact])
  const common = evidence.gene?.ba1 ?? rules.threshold('BA1').value
  if (value > common) return notUsed('BS1', 'BA1 speaks for the same frequency.', [fact])
  const limitFact = { what: `largest frequency ${limit}`, source: evidence.gene?.source ?? '' }
  return value > limit
    ? met('BS1', 'strong', `More frequent than the disease explains (${limit}).`, [fact, limitFact])
    : notMet('BS1', `Not more frequent than the disease explains (${limit}).`, [fact, limitFact])
}

/** BS2: healthy adults who carry it as it would have to cause a disease of full penetrance. */
export function bs2({ healthy }: VariantEvidence): Criterion {
  if (healthy === undefined)
    return notAssessed('BS2', 'whether healthy adults carry it as it would cause the disease')
  const fact = { what: `${healthy.carriers} healthy adults who would have to be ill`, source: healthy.source }
  if (!healthy.fullPenetrance)
    return notMet('BS2', 'The disease does not show in everybody at that age.', [fact])
  return healthy.carriers > 0
    ? met('BS2', 'strong', 'Healthy adults carry it as it would cause the disease.', [fact])
    : notMet('BS2', 'No healthy adult carries it so.', [fact])
}

/** PM2 at supporting weight (SVI 2020): absent, or as rare as the inheritance asks for. */
export function pm2(evidence: VariantEvidence, rules: AcmgCriteria): Criterion {
  const frequency = frequencyOf(evidence.population)
  if (frequency === undefined)
    return notAssessed(
      'PM2',
      'the frequency in a population, or that the position was covered and the variant not seen',
    )
  const [value, fact] = frequency
  const own = evidence.gene?.pm2
  const ways = evidence.gene?.inheritance ?? rules.gene(evidence.variant.gene ?? '')?.inheritance ?? []
  const recessive = ways.length > 0 && ways.every((way) => way === 'AR')
  const alleles = evidence.population?.alleles
  const enough = rules.threshold('BA1-alleles').value
  // Not seen in a few people is not rare.
  if (alleles !== undefined && alleles < enough)
    return notAssessed('PM2', `a population of at least ${enough} alleles`, [fact])
  const usual = own ?? rules.threshold(recessive ? 'PM2-recessive' : 'PM2-dominant').value
  // What is too frequent for the disease is not rare for it.
  const limit = Math.min(usual, evidence.gene?.bs1 ?? usual)
  return value === 0 || value <= limit
    ? met('PM2', 'supporting', value === 0 ? 'Absent from the population.' : `Not above ${limit}.`, [fact])
    : notMet('PM2', `Above ${limit}.`, [fact])
}
