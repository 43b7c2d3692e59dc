import type { Candidate } from '../../record/candidate.ts'
import type { Resource } from '../../record/resource.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Services } from '../http/services.ts'
import { type KeptPerson, shownPerson } from '../trials/kept-candidate.ts'
import { type KeptTrialAnswer, personTrials } from '../trials/person-trials.ts'
import { trialShelf } from '../trials/trial-shelf.ts'
import { fhirCandidate } from '../tumor/patient-tumor.ts'
import type { TrialsAsked } from './trial-parameters.ts'

/** Matches people and the trials that are kept here, for the FHIR server. */
export interface TrialMatcher {
  /** The person of resources that were sent. */
  readonly read: (resources: readonly Resource[]) => Candidate
  /** Somebody of the kept record, as far as they may be seen. */
  readonly kept: (
    tenant: TenantId,
    patient: PatientId,
    within: Restriction,
  ) => Promise<Pick<KeptPerson, 'candidate' | 'files'>>
  readonly match: (
    tenant: TenantId,
    person: Candidate,
    asked: TrialsAsked,
  ) => Promise<{
    readonly answers: readonly KeptTrialAnswer[]
    readonly leftOut: readonly { readonly study: string; readonly what: string }[]
    /** The trial's own word for its status. */
    readonly statusOf: (study: string) => string | undefined
  }>
}

type Parts = Pick<Services, 'store' | 'facts' | 'now' | 'postalCodes'>

export function trialMatcher(services: Parts): TrialMatcher {
  const { store, facts } = services
  return {
    read: (resources) => fhirCandidate('sent', resources, facts),
    async kept(tenant, patient, within) {
      return (await shownPerson(store, facts, tenant, patient, within))!
    },
    async match(tenant, person, { home, withinKilometres, accrual }) {
      const shelf = await trialShelf(services, tenant)
      const asked = home === undefined ? person : { ...person, home }
      const answers = personTrials(shelf, asked, facts, {
        ...(withinKilometres === undefined ? {} : { withinKilometres }),
        postalCodes: services.postalCodes,
        closed: accrual !== 'open',
        everything: true,
      })
      const status = new Map(shelf.trials.map(({ study, trial }) => [study, trial.status]))
      return {
        answers,
        leftOut: shelf.leftOut.map(({ study, fault }) => ({ study, what: fault.what })),
        statusOf: (study) => status.get(study),
      }
    },
  }
}
