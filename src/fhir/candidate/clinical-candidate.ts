import { type DrugBook, drugBook } from '../../knowledge/drug.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { type OncoTree, oncoTree } from '../../knowledge/oncotree.ts'
import { type DiagnosisCodes, diagnosisCodes } from '../../knowledge/tumor/diagnosis-codes.ts'
import type { Candidate, Home } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { list, text } from '../genomics/component.ts'
import { diagnosisOf } from './diagnosis.ts'
import { labsOf } from './labs.ts'
import { performanceOf } from './performance.ts'
import { treatmentsOf } from './treatments.ts'

/** Types of resources that `candidateOf` looks at, beside the Patient. */
export const CANDIDATE_TYPES = [
  'Condition',
  'DiagnosticReport',
  'MedicationAdministration',
  'MedicationStatement',
  'Observation',
  'Procedure',
  'Specimen',
] as const

/** What codes and names of a record are looked up in. */
export interface CandidateVocabulary {
  readonly tree: OncoTree
  readonly codes: DiagnosisCodes
  readonly drugs: DrugBook
}

/**
 * One person as far as eligibility for trials goes beside the tumour's results, of a Patient and resources about them (R4,
 * mCODE). What is not there is left out, and stays unknown: nothing says that a treatment history is whole.
 */
export function clinicalCandidate(
  id: string,
  resources: readonly Resource[],
  { tree, codes, drugs }: CandidateVocabulary,
): Candidate {
  const patient = resources.find((one) => one.resourceType === 'Patient')
  const diagnosis = diagnosisOf(resources, tree, codes)
  const birthDate = text(patient?.['birthDate'])
  const gender = patient?.['gender']
  const home = homeOf(patient)
  return {
    id,
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(patient?.['deceasedBoolean'] === true || patient?.['deceasedDateTime'] !== undefined
      ? { deceased: true }
      : {}),
    ...(gender === 'female' || gender === 'male' ? { sex: gender } : {}),
    ...(diagnosis === undefined ? {} : { diagnosis }),
    alterations: [],
    assays: [],
    markers: {},
    treatments: treatmentsOf(resources, drugs),
    treatmentsComplete: false,
    labs: labsOf(resources),
    ...performanceOf(resources),
    ...(home === undefined ? {} : { home }),
  }
}

/** The address in use: not an old one, and not where mail goes. */
function homeOf(patient: Resource | undefined): Home | undefined {
  const address = list(patient?.['address']).find(
    ({ use, type }) =>
      use !== 'old' && use !== 'temp' && use !== 'work' && use !== 'billing' && type !== 'postal',
  )
  if (address === undefined) return undefined
  const [postalCode, country] = [text(address['postalCode']), text(address['country'])]
  const place = list(address['extension']).find(({ url }) => /geolocation$/.test(String(url)))
  const degree = (name: string) =>
    list(place?.['extension']).find(({ url }) => url === name)?.['valueDecimal']
  const [latitude, longitude] = [degree('latitude'), degree('longitude')]
  const home: Home = {
    ...(typeof latitude === 'number' && typeof longitude === 'number'
      ? { position: { latitude, longitude } }
      : {}),
    ...(postalCode === undefined ? {} : { postalCode }),
    ...(country === undefined ? {} : { country }),
  }
  return home.position === undefined && home.postalCode === undefined ? undefined : home
}

/** What the facts in force say of diagnoses and drugs. */
export function candidateVocabulary(facts: Facts): CandidateVocabulary {
  return { tree: oncoTree(facts), codes: diagnosisCodes(facts), drugs: drugBook(facts) }
}
