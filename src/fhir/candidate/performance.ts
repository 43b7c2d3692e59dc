import type { Candidate } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { codings } from '../genomics/component.ts'
import { dayOf, hasLoinc, newest, quantityOf, stands } from './observed.ts'

/** As a score, and as its interpretation. */
const ECOG = new Set(['89247-1', '89262-0'])
const KARNOFSKY = new Set(['89243-0'])
/** Answer list LL529-9: grades 0 to 5. */
const GRADES = ['LA9622-7', 'LA9623-5', 'LA9624-3', 'LA9625-0', 'LA9626-8', 'LA9627-6']

/** Performance status of the newest assessment of each kind; undefined where two of one day differ. */
export function performanceOf(resources: readonly Resource[]): Pick<Candidate, 'ecog' | 'karnofsky'> {
  const ecog = newestOf(resources, ECOG, (one) => one >= 0 && one <= 5)
  const karnofsky = newestOf(resources, KARNOFSKY, (one) => one >= 0 && one <= 100 && one % 10 === 0)
  return { ...(ecog === undefined ? {} : { ecog }), ...(karnofsky === undefined ? {} : { karnofsky }) }
}

function newestOf(
  resources: readonly Resource[],
  codes: ReadonlySet<string>,
  valid: (value: number) => boolean,
): number | undefined {
  const found = resources
    .filter((one) => stands(one) && hasLoinc(one['code'], codes))
    .map((one) => ({ day: dayOf(one), value: gradeOf(one) }))
  const now = newest(found).map(({ value }) => value)
  const [first] = now
  return first !== undefined && now.every((one) => one === first) && Number.isInteger(first) && valid(first)
    ? first
    : undefined
}

function gradeOf(observation: Resource): number | undefined {
  const integer = observation['valueInteger']
  if (typeof integer === 'number') return integer
  const quantity = quantityOf(observation['valueQuantity'])
  if (quantity !== undefined) return quantity.beyond === undefined ? quantity.value : undefined
  const grade = codings(observation['valueCodeableConcept']).findLast(({ code }) =>
    GRADES.includes(code ?? ''),
  )
  return grade === undefined ? undefined : GRADES.indexOf(grade.code!)
}
