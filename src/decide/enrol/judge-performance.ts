import type { Candidate } from '../../record/candidate.ts'
import { holds } from './comparison.ts'
import type { PerformanceLeaf } from './criterion.ts'
import { missing, onValue, type Ruling } from './ruling.ts'

/**
 * ECOG grades that a Karnofsky status may mean: two tables in use disagree (Oken 1982, doi:10.1097/00000421-198212000-00014:
 * 100-90 is 0, 80-70 is 1 …; Ma 2010, doi:10.1016/j.ejca.2010.06.126: 100 is 0, 90-80 is 1 …), so both are let stand.
 */
const KARNOFSKY: Readonly<Record<number, readonly [number, number]>> = {
  100: [0, 0],
  90: [0, 1],
  80: [1, 1],
  70: [1, 2],
  60: [2, 2],
  50: [2, 3],
  40: [3, 3],
  30: [3, 4],
  20: [4, 4],
  10: [4, 4],
  0: [5, 5],
}

/** By ECOG; by Karnofsky where only that is recorded and every grade that it may mean is ruled alike. */
export function judgePerformance({ comparison, ecog }: PerformanceLeaf, candidate: Candidate): Ruling {
  const status = candidate.ecog
  if (status !== undefined) return onValue(holds(status, comparison, ecog), 'ECOG', status)
  const { karnofsky } = candidate
  const grades = karnofsky === undefined ? undefined : KARNOFSKY[karnofsky]
  if (grades === undefined) return missing('performance', 'no ECOG performance status is recorded')
  const [first, last] = grades
  const yes = holds(first, comparison, ecog)
  return yes === holds(last, comparison, ecog)
    ? onValue(yes, 'Karnofsky', karnofsky!)
    : missing('performance', `Karnofsky ${karnofsky} is ECOG ${first} or ${last}`)
}
