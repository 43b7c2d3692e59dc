import type { Resource } from '../../record/resource.ts'
import { codings, list, text } from '../genomics/component.ts'
import { claims } from './observed.ts'

/** SNOMED CT, treatment intent of mCODE. */
const PALLIATIVE = '363676003'
const CURATIVE = '373808002'

/**
 * Whether a treatment that began on `from` was given for advanced disease: with palliative intent, or from the day on which a
 * metastasis is documented, unless it was meant to cure.
 */
export function isForAdvanced(
  resource: Resource,
  from: string | undefined,
  spread: string | undefined,
): boolean {
  const intent = list(resource['extension'])
    .filter(({ url }) => /treatment-intent$/.test(String(url)))
    .flatMap((one) => codings(one['valueCodeableConcept']).map(({ code }) => code))
  if (intent.includes(PALLIATIVE)) return true
  return !intent.includes(CURATIVE) && spread !== undefined && from !== undefined && from >= spread
}

/** The first day on which the record documents a metastasis. */
export function firstSpread(resources: readonly Resource[]): string | undefined {
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
