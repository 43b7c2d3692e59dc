import type { GeneIds } from './code.ts'
import { GENOMIC_CATEGORIES, genomicsReporting } from './code.ts'
import type { Entries } from './entries.ts'
import type { CodeableConcept, Observation, Reference, ReportStatus } from './resource.ts'

/** What every resource of one bundle shares. */
export interface ReportContext {
  readonly entries: Entries
  readonly patient: Reference
  readonly device: Reference
  readonly status: ReportStatus
  /** ISO 8601 instant. */
  readonly issued: string
  readonly genes: GeneIds
}

/** The fields that every genomic Observation has; `profile` is left out where none fits. */
export function observation(
  context: ReportContext,
  profile: string | undefined,
  code: CodeableConcept,
  rest: Partial<Observation>,
): Observation {
  return {
    resourceType: 'Observation',
    ...(profile === undefined ? {} : { meta: { profile: [genomicsReporting(profile)] } }),
    status: context.status,
    category: GENOMIC_CATEGORIES,
    code,
    subject: context.patient,
    issued: context.issued,
    device: context.device,
    ...rest,
  }
}
