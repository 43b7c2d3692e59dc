import type { DrugBook } from '../../knowledge/drug.ts'
import type { Candidate } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { codings, list, text } from '../genomics/component.ts'
import { claims, dayOf, newest, quantityOf, stands } from './observed.ts'
import { type GivenDrug, givenDrugs } from './treatments.ts'

/** "Number of prior lines of therapy", in words: LOINC has no code of it that laboratories and registries agree on. */
const COUNT =
  /^(?:number of |no\. of )?(?:prior|previous|earlier)?\s*(?:lines? of (?:prior |previous )?(?:systemic )?(?:anti-?cancer )?(?:therapy|treatment))(?: (?:given|received|so far))?$/i
/** SNOMED CT, treatment intent of mCODE. */
const PALLIATIVE = '363676003'
const CURATIVE = '373808002'

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
    (one) => one.names.some(isCancerDrug) && isForAdvanced(one, spread),
  )
  return given ? { priorLinesAtLeast: 1 } : {}
}

function countOf(observation: Resource): number | undefined {
  const quantity = quantityOf(observation['valueQuantity'])
  const value = observation['valueInteger'] ?? (quantity?.beyond === undefined ? quantity?.value : undefined)
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 30 ? value : undefined
}

function isForAdvanced({ resource, from }: GivenDrug, spread: string | undefined): boolean {
  const intent = list(resource['extension'])
    .filter(({ url }) => /treatment-intent$/.test(String(url)))
    .flatMap((one) => codings(one['valueCodeableConcept']).map(({ code }) => code))
  if (intent.includes(PALLIATIVE)) return true
  return !intent.includes(CURATIVE) && spread !== undefined && from !== undefined && from >= spread
}

/** The first day on which the record documents a metastasis. */
function firstSpread(resources: readonly Resource[]): string | undefined {
  return resources
    .filter(
      (one) =>
        one.resourceType === 'Condition' &&
        !codings(one['verificationStatus']).some(({ code }) =>
          ['refuted', 'entered-in-error', 'provisional', 'differential', 'unconfirmed'].includes(code ?? ''),
        ) &&
        (claims(one, /secondary-cancer/) ||
          codings(one['code']).some(
            ({ system, code }) => /icd-?10/i.test(system ?? '') && /^C7[789]/.test(code ?? ''),
          )),
    )
    .flatMap((one) => {
      const said = text(one['onsetDateTime']) ?? text(one['recordedDate'])
      return /^\d{4}-\d\d-\d\d/.exec(said ?? '')?.[0] ?? []
    })
    .sort()[0]
}
