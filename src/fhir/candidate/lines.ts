import type { DrugBook } from '../../knowledge/drug.ts'
import type { Candidate } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { codings } from '../genomics/component.ts'
import { firstSpread, isForAdvanced } from './advanced.ts'
import { dayOf, newest, quantityOf, stands } from './observed.ts'
import { givenDrugs } from './treatments.ts'

/** "Number of prior lines of therapy", in words: LOINC has no code of it that laboratories and registries agree on. */
const COUNT =
  /^(?:number of |no\. of )?(?:prior|previous|earlier)?\s*(?:lines? of (?:prior |previous )?(?:systemic )?(?:anti-?cancer )?(?:therapy|treatment))(?: (?:given|received|so far))?$/i

/**
 * Lines of systemic treatment for advanced disease so far. A count that somebody recorded stands; else only that there was
 * one at least: a drug against cancer that was given with palliative intent, or from the day on which a metastasis is
 * documented. A number is never counted from drugs: maintenance, a pause or a switch for toxicity begin no line.
 */
export function linesOf(
  resources: readonly Resource[],
  book: DrugBook,
  isCancerDrug: (name: string) => boolean,
): Pick<Candidate, 'priorLines' | 'priorLinesAtLeast'> {
  const counted = newest(
    resources
      .filter(
        (one) => stands(one) && codings(one['code']).some(({ display }) => COUNT.test(display?.trim() ?? '')),
      )
      .map((one) => ({ day: dayOf(one), count: countOf(one) })),
  ).map(({ count }) => count)
  const [first] = counted
  if (first !== undefined && counted.every((one) => one === first)) return { priorLines: first }
  const spread = firstSpread(resources)
  const given = givenDrugs(resources, book).some(
    ({ resource, names, from }) => names.some(isCancerDrug) && isForAdvanced(resource, from, spread),
  )
  return given ? { priorLinesAtLeast: 1 } : {}
}

function countOf(observation: Resource): number | undefined {
  const quantity = quantityOf(observation['valueQuantity'])
  const value = observation['valueInteger'] ?? (quantity?.beyond === undefined ? quantity?.value : undefined)
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 30 ? value : undefined
}
