import { type DrugBook, drugBook } from '../../knowledge/drug.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { type LaboratoryNames, laboratoryNames } from '../../knowledge/trials/laboratory-names.ts'
import { approvals } from '../../knowledge/tumor/approvals.ts'
import { partsOf } from '../../knowledge/tumor/combination.ts'
import { type DiagnosisCodes, diagnosisCodes } from '../../knowledge/tumor/diagnosis-codes.ts'
import { type OncoTree, oncoTree } from '../../knowledge/tumor/oncotree.ts'
import type { Candidate, Home } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import { list, text } from '../genomics/component.ts'
import { diagnosisOf } from './diagnosis.ts'
import { labsOf } from './labs.ts'
import { linesOf } from './lines.ts'
import { performanceOf } from './performance.ts'
import { treatmentsOf } from './treatments.ts'

/** Types of resources that `candidateOf` looks at, beside the Patient. */
export const CANDIDATE_TYPES = [
  'Condition',
  'DiagnosticReport',
  'MedicationAdministration',
  'MedicationRequest',
  'MedicationStatement',
  'Observation',
  'Procedure',
  'Specimen',
] as const

/** What codes and names of a record are looked up in. */
interface CandidateVocabulary {
  readonly tree: OncoTree
  readonly codes: DiagnosisCodes
  readonly drugs: DrugBook
  readonly laboratory: LaboratoryNames
  /** Whether a drug is given against cancer. */
  readonly isCancerDrug: (name: string) => boolean
}

/**
 * One person as far as eligibility for trials goes beside the tumour's results, of a Patient and resources about them (R4,
 * mCODE). What is not there is left out, and stays unknown: nothing says that a treatment history is whole.
 */
export function clinicalCandidate(
  id: string,
  resources: readonly Resource[],
  { tree, codes, drugs, laboratory, isCancerDrug }: CandidateVocabulary,
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
    ...linesOf(resources, drugs, isCancerDrug),
    labs: labsOf(resources, laboratory),
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
  const drugs = drugBook(facts)
  return {
    tree: oncoTree(facts),
    codes: diagnosisCodes(facts),
    drugs,
    laboratory: laboratoryNames(facts),
    isCancerDrug: cancerDrugs(facts, drugs),
  }
}

/** Antineoplastic and endocrine drugs by their ATC codes (L01, L02), and every drug of an approval or beside one. */
function cancerDrugs(facts: Facts, book: DrugBook): (name: string) => boolean {
  const known = facts.derived('drugs against cancer', () => {
    const approved = approvals(facts).all.flatMap(({ drug, regimens }) => [
      drug,
      ...partsOf(drug),
      ...regimens.flat(),
    ])
    const classed = book.drugs
      .filter(({ atc }) => atc.some((code) => /^L0[12]/.test(code)))
      .map(({ name }) => name)
    return new Set([...approved, ...classed].map((one) => one.toLowerCase()))
  })
  return (name) => known.has(name.toLowerCase())
}
