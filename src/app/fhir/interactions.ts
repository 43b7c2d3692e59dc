import { GENOMICS_OPERATIONS } from '../../fhir/genomics/operations.ts'
import type { Interaction } from './fhir-service.ts'

/** What can be done with a type; `/metadata` says it and the server does it from this one table. */
const TYPE_INTERACTIONS: readonly Interaction[] = [
  'read',
  'vread',
  'update',
  'patch',
  'delete',
  'history-instance',
  'history-type',
  'create',
  'search-type',
]

/** The audit log is read here and written by what happens; see audit-events.ts. */
const LIMITED: Readonly<Record<string, readonly Interaction[]>> = {
  AuditEvent: ['read', 'search-type'],
}

export const SYSTEM_INTERACTIONS: readonly Interaction[] = ['transaction', 'batch', 'history-system']

export function interactionsOf(type: string): readonly Interaction[] {
  return LIMITED[type] ?? TYPE_INTERACTIONS
}

/** Operations of the server, each with the types it is called on; "" is the server itself. */
export const OPERATIONS: readonly {
  readonly name: string
  readonly definition: string
  readonly types: readonly string[] | 'all'
}[] = [
  { name: 'validate', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-validate', types: 'all' },
  {
    name: 'everything',
    definition: 'http://hl7.org/fhir/OperationDefinition/Patient-everything',
    types: ['Patient'],
  },
  {
    name: 'match',
    definition: 'http://hl7.org/fhir/OperationDefinition/Patient-match',
    types: ['Patient'],
  },
  {
    name: 'match',
    definition:
      'http://mcodeinitiative.org/codex/us/patient.clinical.trial.matching/OperationDefinition/ClinicalTrialMatchService',
    types: ['ResearchStudy'],
  },
  { name: 'graphql', definition: 'http://hl7.org/fhir/OperationDefinition/Resource-graphql', types: [''] },
  ...GENOMICS_OPERATIONS.map(({ name }) => ({
    name,
    definition: `http://hl7.org/fhir/uv/genomics-reporting/OperationDefinition/${name}`,
    types: [''],
  })),
]

/** Bulk Data Access 2.0, where it is served. */
export const BULK_DATA = 'http://hl7.org/fhir/uv/bulkdata/CapabilityStatement/bulk-data'
export const BULK_OPERATIONS: typeof OPERATIONS = (
  [
    ['', 'export'],
    ['Patient', 'patient-export'],
    ['Group', 'group-export'],
  ] as const
).map(([type, name]) => ({
  name: 'export',
  definition: `http://hl7.org/fhir/uv/bulkdata/OperationDefinition/${name}`,
  types: [type],
}))
