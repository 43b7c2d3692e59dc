/** The hooks that Garrod answers. */
export type Hook = 'patient-view' | 'order-select' | 'order-sign'

/** One service as the discovery endpoint describes it (CDS Hooks 2.0, "Discovery"). */
export interface Service {
  readonly hook: Hook
  readonly id: string
  readonly title: string
  readonly description: string
  readonly prefetch: Readonly<Record<'patient' | 'medications', string>>
  readonly usageRequirements: string
}

const PREFETCH = {
  patient: 'Patient/{{context.patientId}}',
  medications: 'MedicationRequest?patient={{context.patientId}}&status=active',
} as const

const REQUIREMENTS =
  'Answers from genotypes that Garrod holds; a person is found by FHIR id or by an identifier of the prefetched Patient.'

/** The service that tells of trials. */
export const TRIAL_MATCH = 'garrod-trial-match'

/** Every service, in the order of discovery. A new hook is a line here and its cards beside. */
export const SERVICES: readonly Service[] = [
  {
    hook: 'patient-view',
    id: 'garrod-patient-view',
    title: 'Garrod: genes and current drugs',
    description: 'Names drugs on the medication list that the genotype speaks against.',
    prefetch: PREFETCH,
    usageRequirements: REQUIREMENTS,
  },
  {
    hook: 'patient-view',
    id: TRIAL_MATCH,
    title: 'Garrod: trials that fit',
    description: 'Names open trials that the record fits, or fits but for what is missing.',
    prefetch: PREFETCH,
    usageRequirements:
      'Answers from the record and the trials that Garrod holds; a person is found by FHIR id or by an identifier of the prefetched Patient.',
  },
  {
    hook: 'order-select',
    id: 'garrod-order-select',
    title: 'Garrod: genes and the drug being chosen',
    description: 'Checks the selected drug against the genotype and proposes alternatives.',
    prefetch: PREFETCH,
    usageRequirements: REQUIREMENTS,
  },
  {
    hook: 'order-sign',
    id: 'garrod-order-sign',
    title: 'Garrod: genes and the orders being signed',
    description: 'Checks every unsigned drug order against the genotype and proposes alternatives.',
    prefetch: PREFETCH,
    usageRequirements: REQUIREMENTS,
  },
]
