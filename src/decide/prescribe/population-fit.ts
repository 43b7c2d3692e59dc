import type { Population } from '../../knowledge/guideline/guideline-rule.ts'
import type { PatientRecord } from '../../record/patient-record.ts'
import { type AgeSpan, ageOn } from '../age.ts'

/** What is known of the person that recommendations distinguish people by. */
export interface Person {
  readonly age: AgeSpan | undefined
  readonly weightKg: number | undefined
  /** Undefined when nobody said what the drugs are for. */
  readonly indications: readonly string[] | undefined
}

/** Whether a person belongs to a population; when that is not known, what to find out. */
type Fit =
  | { readonly is: 'yes' | 'no' }
  | { readonly is: 'unknown'; readonly asks: readonly [string, ...string[]] }

const ADULT = 18

/** `asOf` is YYYY-MM-DD. Throws DATE_MALFORMED, BIRTH_DATE_IN_FUTURE. */
export function personOf(record: PatientRecord, asOf: string): Person {
  const age = record.measurements.findLast((one) => one.kind === 'age')?.value
  return {
    age:
      record.birthDate !== undefined
        ? ageOn(record.birthDate, asOf)
        : age === undefined
          ? undefined
          : { from: Math.floor(age), to: Math.floor(age) },
    weightKg: record.measurements.findLast((one) => one.kind === 'weight')?.value,
    indications: record.context.indications,
  }
}

/**
 * `indicationsInPlay` are those that some rule of the same guideline asks for: only when the person's indication is one of
 * them does it exclude the others; an indication for another drug says nothing here.
 */
export function fits(
  population: Population,
  person: Person,
  drug: string,
  exposure: 'naive' | 'established' | undefined,
  indicationsInPlay: ReadonlySet<string>,
): Fit {
  const parts: Fit[] = [
    ageFit(population, person.age),
    weightFit(population, person),
    indicationFit(population, person.indications, indicationsInPlay),
    exposureFit(population, drug, exposure),
  ]
  if (population.noAlternative === true) {
    parts.push({ is: 'unknown', asks: [`whether another drug can be used instead of ${drug}`] })
  }
  if (population.code === 'unlisted') parts.push({ is: 'unknown', asks: ['whom the guideline means'] })
  if (parts.some((one) => one.is === 'no')) return { is: 'no' }
  const asks = [...new Set(parts.flatMap((one) => (one.is === 'unknown' ? one.asks : [])))]
  const [first, ...rest] = asks
  return first === undefined ? { is: 'yes' } : { is: 'unknown', asks: [first, ...rest] }
}

function ageFit({ ageMin, ageMax, ageMustBeKnown }: Population, age: AgeSpan | undefined): Fit {
  if (ageMin === undefined && ageMax === undefined) return { is: 'yes' }
  if (age === undefined) return ageMustBeKnown === true ? { is: 'no' } : { is: 'unknown', asks: ['age'] }
  const min = ageMin ?? 0
  const max = ageMax ?? Number.POSITIVE_INFINITY
  if (age.to < min || age.from >= max) return { is: 'no' }
  return age.from >= min && age.to < max ? { is: 'yes' } : { is: 'unknown', asks: ['exact age'] }
}

function weightFit({ weightMinKg, adultsAtAnyWeight }: Population, { age, weightKg }: Person): Fit {
  if (weightMinKg === undefined) return { is: 'yes' }
  if (adultsAtAnyWeight === true && age !== undefined && age.from >= ADULT) return { is: 'yes' }
  if (weightKg !== undefined && weightKg > weightMinKg) return { is: 'yes' }
  const mayBeAdult = adultsAtAnyWeight === true && (age === undefined || age.to >= ADULT)
  if (weightKg !== undefined && !mayBeAdult) return { is: 'no' }
  if (weightKg === undefined && mayBeAdult) return { is: 'unknown', asks: ['age', 'weight'] }
  return { is: 'unknown', asks: [weightKg === undefined ? 'weight' : 'age'] }
}

function indicationFit(
  { indication, code }: Population,
  known: readonly string[] | undefined,
  inPlay: ReadonlySet<string>,
): Fit {
  if (indication === undefined) return { is: 'yes' }
  if (known?.some((one) => one === code || indication.includes(one))) return { is: 'yes' }
  return known?.some((one) => inPlay.has(one)) ? { is: 'no' } : { is: 'unknown', asks: ['indication'] }
}

function exposureFit(
  { exposure }: Population,
  drug: string,
  known: 'naive' | 'established' | undefined,
): Fit {
  if (exposure === undefined) return { is: 'yes' }
  if (known === undefined) {
    return {
      is: 'unknown',
      asks: [`whether ${drug} was never taken, or taken for more than 3 months without a reaction`],
    }
  }
  return { is: known === exposure ? 'yes' : 'no' }
}
