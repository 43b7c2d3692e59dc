import { type Accrual, accrualOf } from '../accrual.ts'
import type { Phase } from '../phase.ts'

/** Where the criteria of a study lie within it: a contained Library whose attachment holds them. */
export const CRITERIA_TYPE = 'application/vnd.garrod.eligibility+json'
/** The CTML document that the criteria were read from, beside them. */
export const CTML_TYPE = 'application/vnd.matchminer.ctml+json'
export const PROTOCOL_SYSTEM = 'urn:garrod:trial:protocol'
export const NCT_SYSTEM = 'http://clinicaltrials.gov'
/** The source's own word for a status, where FHIR's is another. */
export const STATUS_EXTENSION = 'urn:garrod:trial:status'
export const PHASE_SYSTEM = 'http://terminology.hl7.org/CodeSystem/research-study-phase'

/** FHIR has no word for a status that nobody said; "in-review" at least takes nobody in. */
const STUDY_STATUS: Readonly<Record<Accrual, string>> = {
  open: 'active',
  'not-yet': 'approved',
  closed: 'closed-to-accrual',
}

export function studyStatus(status: string | undefined): string {
  const accrual = accrualOf(status)
  return accrual === undefined ? 'in-review' : STUDY_STATUS[accrual]
}

/** Location.status: what a site is in FHIR. */
export function siteStatus(status: string | undefined): string | undefined {
  const accrual = accrualOf(status)
  return accrual === undefined
    ? undefined
    : accrual === 'open'
      ? 'active'
      : accrual === 'not-yet'
        ? 'suspended'
        : 'inactive'
}

/** One code for one or two phases; undefined where FHIR has none. */
export function phaseCode(phases: readonly Phase[]): string | undefined {
  const code = phases.join('-')
  return [
    'early-phase-1',
    'phase-1',
    'phase-1-phase-2',
    'phase-2',
    'phase-2-phase-3',
    'phase-3',
    'phase-4',
  ].includes(code)
    ? code
    : undefined
}
