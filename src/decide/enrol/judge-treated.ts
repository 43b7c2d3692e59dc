import type { TreatmentNames } from '../../knowledge/tumor/treatment-names.ts'
import type { Candidate, Treatment } from '../../record/candidate.ts'
import type { TreatedLeaf } from './criterion.ts'
import { daysBetween } from './days.ts'
import { missing, onValue, type Ruling } from './ruling.ts'

const ITSELF: TreatmentNames = (name) => ({ drugs: new Set([name.trim().toLowerCase()]), as: 'unknown' })

/**
 * A drug that is not in the history was never given only where the history is said to be whole; a drug that was given at
 * an unknown time may or may not lie within the days that are asked for. A brand is its drug, and a group any of its members;
 * a kind of drugs whose members are not known rules nothing.
 */
export function judgeTreated(
  leaf: TreatedLeaf,
  candidate: Candidate,
  today: string,
  names: TreatmentNames = ITSELF,
): Ruling {
  const { treatments = [], treatmentsComplete } = candidate
  const wanted = names(leaf.drug)
  const written = leaf.drug.trim().toLowerCase()
  const isWanted = ({ drug }: Treatment): boolean | undefined => {
    if (drug.trim().toLowerCase() === written) return true
    const meant = names(drug)
    const hits = [...meant.drugs].filter((one) => wanted.drugs.has(one)).length
    if (meant.as === 'group') return hits === 0 ? false : hits === meant.drugs.size ? true : undefined
    if (hits > 0) return true
    return meant.as === 'class' || (wanted.as === 'group' && meant.as === 'unknown') ? undefined : false
  }
  const given = treatments.filter((one) => isWanted(one) === true)
  const times = given.map((one) => within(one, leaf.withinDays, today))
  const sure = times.indexOf(true)
  if (sure >= 0) return onValue(true, 'treatment', given[sure]!.drug)
  if (times.includes(undefined)) {
    return missing('treatments', `it is not known when ${leaf.drug} was last given`)
  }
  if (wanted.as === 'class')
    return missing(
      'treatments',
      `which drugs are "${leaf.drug}" is not known here: compare the treatments by hand`,
    )
  const perhaps = treatments.find(
    (one) => isWanted(one) === undefined && within(one, leaf.withinDays, today) !== false,
  )
  if (perhaps !== undefined)
    return missing('treatments', `it is not known whether ${perhaps.drug}, which was given, is ${leaf.drug}`)
  if (treatmentsComplete) {
    return onValue(false, 'treatment', treatments.map(({ drug }) => drug).join(', ') || 'none')
  }
  return missing(
    'treatments',
    `it is not known whether ${leaf.drug} was given${given.length > 0 ? ' again' : ''}`,
  )
}

/** Whether it was given within the days; undefined when nobody says until when. */
function within({ until, ongoing }: Treatment, days: number | undefined, today: string): boolean | undefined {
  if (days === undefined || ongoing === true) return true
  return until === undefined ? undefined : daysBetween(until, today) <= days
}
