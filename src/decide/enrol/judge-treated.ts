import type { Candidate, Treatment } from '../../record/candidate.ts'
import type { TreatedLeaf } from './criterion.ts'
import { daysBetween } from './days.ts'
import { missing, onValue, type Ruling } from './ruling.ts'

/**
 * A drug that is not in the history was never given only where the history is said to be whole; a drug that was given at
 * an unknown time may or may not lie within the days that are asked for.
 */
export function judgeTreated(leaf: TreatedLeaf, candidate: Candidate, today: string): Ruling {
  const { treatments, treatmentsComplete } = candidate
  const wanted = leaf.drug.toLowerCase()
  const given = (treatments ?? []).filter(({ drug }) => drug.toLowerCase() === wanted)
  const times = given.map((one) => within(one, leaf.withinDays, today))
  const sure = times.indexOf(true)
  if (sure >= 0) return onValue(true, 'treatment', given[sure]!.drug)
  if (times.includes(undefined)) {
    return missing('treatments', `it is not known when ${leaf.drug} was last given`)
  }
  if (treatmentsComplete) {
    return onValue(false, 'treatment', treatments?.map(({ drug }) => drug).join(', ') || 'none')
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
