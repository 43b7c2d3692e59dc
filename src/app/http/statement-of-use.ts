import type { NamedDrug } from '../../decide/plan.ts'
import { resolveUse } from '../../decide/prescribe/drug-name.ts'
import type { DrugBook } from '../../knowledge/drug.ts'
import type { DrugUse } from '../../record/patient-record.ts'
import type { Resource } from '../../record/resource.ts'
import { Fault } from '../../terms/fault.ts'

const RXNORM = 'http://www.nlm.nih.gov/research/umls/rxnorm'

/** A drug of the typed record as the resource it would be: labels and consents look at resources. */
export function statementOf(use: DrugUse, book: DrugBook): Resource {
  const codes = [use.rxcui, ...drugsMeant(use, book).map(({ rxcui }) => rxcui)]
  const coding = codes.flatMap((code) => (code === undefined ? [] : [{ system: RXNORM, code }]))
  return { resourceType: 'MedicationStatement', medicationCodeableConcept: { coding } }
}

/** None for a drug that nobody knows. */
export function drugsMeant(use: DrugUse, book: DrugBook): readonly NamedDrug[] {
  try {
    return resolveUse(use, book).drugs
  } catch (error) {
    if (error instanceof Fault) return []
    throw error
  }
}
