import type { PhenotypeFinding } from '../../interpret/finding/phenotype.ts'
import { diagnose } from '../../interpret/phenotype/phenotype.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { ontology } from '../../knowledge/hpo/ontology.ts'
import type { Sex } from '../../record/patient-record.ts'
import type { Resource } from '../../record/resource.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { PatientKey } from '../../store/person.ts'
import type { Store } from '../../store/store.ts'
import { featureObservations, featuresIn } from './features.ts'

/** A ranking, and the Observations that it was made from. */
export interface PersonDiagnosis {
  readonly finding: PhenotypeFinding
  readonly sources: readonly Resource[]
}

/** Diseases that fit the features of a registered person, as far as the caller may see them. */
export async function personDiagnosis(
  store: Store,
  facts: Facts,
  key: PatientKey,
  sex: Sex,
  within: Restriction,
): Promise<PersonDiagnosis> {
  const observations = await featureObservations(store, key.tenant, key.patient, within)
  const { features } = featuresIn(observations, ontology(facts))
  const ids = (state: 'present' | 'excluded') =>
    features.filter((one) => one.state === state).map(({ id }) => id)
  const counted = new Set(features.flatMap((one) => one.observations))
  return {
    finding: diagnose(facts, { observed: ids('present'), excluded: ids('excluded'), sex, explained: 10 }),
    sources: observations.filter(({ id }) => counted.has(id!)),
  }
}
