import { modifiersOf } from '../../fhir/search/parameter-criteria.ts'
import type { CompiledParameter } from '../../fhir/search/search-index.ts'
import { AUDIT_PARAMETERS } from '../../safeguard/audit/audit-search.ts'
import { VERSION } from '../version.ts'
import type { FhirService } from './fhir-service.ts'
import {
  BULK_DATA,
  BULK_OPERATIONS,
  interactionsOf,
  OPERATIONS,
  SYSTEM_INTERACTIONS,
} from './interactions.ts'

/** Parameters of every type that the store answers itself. */
const STORE_PARAMETERS = [
  { name: '_id', type: 'token' },
  { name: '_lastUpdated', type: 'date' },
]

/** The CapabilityStatement, made from the tables that the server runs on. */
export function capabilityStatement({ index, base, beside }: FhirService): Record<string, unknown> {
  const offered = beside?.bulk === true ? [...OPERATIONS, ...BULK_OPERATIONS] : OPERATIONS
  const types = index.types
  const references = new Map<string, string[]>()
  for (const type of types) {
    if (isLog(type)) continue
    for (const parameter of index.parameters(type).values()) {
      if (parameter.type !== 'reference') continue
      for (const target of parameter.targets) {
        references.set(target, [...(references.get(target) ?? []), `${type}:${parameter.code}`])
      }
    }
  }
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-11-22',
    kind: 'instance',
    software: { name: 'Garrod', version: VERSION },
    implementation: { description: 'Garrod: molecular results, orders and advice', url: base() },
    ...(beside?.bulk === true ? { instantiates: [BULK_DATA] } : {}),
    fhirVersion: '4.0.1',
    format: ['json', 'application/fhir+json'],
    patchFormat: ['application/json-patch+json', 'application/fhir+json'],
    rest: [
      {
        mode: 'server',
        documentation:
          'JSON only. Resources about a person lie in the compartment of that person and never move. Dates without a time zone are taken in UTC.',
        ...(beside?.login === undefined ? {} : { security: security(beside.login()) }),
        resource: types.map((type) =>
          isLog(type)
            ? logEntry([...index.parameters(type).values()])
            : resourceEntry(
                type,
                [...index.parameters(type).values()],
                references.get(type) ?? [],
                operationsOn(type, offered),
              ),
        ),
        interaction: SYSTEM_INTERACTIONS.map((code) => ({ code })),
        searchParam: STORE_PARAMETERS,
        operation: operationsOn('all', offered),
        compartment: ['http://hl7.org/fhir/CompartmentDefinition/patient'],
      },
    ],
  }
}

/** AuditEvents are told from the audit log, which is no part of the store. */
const isLog = (type: string) => type === 'AuditEvent'

function logEntry(parameters: readonly CompiledParameter[]): Record<string, unknown> {
  const type = 'AuditEvent'
  return {
    type,
    profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
    interaction: interactionsOf(type).map((code) => ({ code })),
    versioning: 'no-version',
    searchParam: AUDIT_PARAMETERS.map((name) => {
      const known = parameters.find(({ code }) => code === name)
      return known === undefined ? { name, type: 'token' } : { name, type: known.type }
    }),
  }
}

function resourceEntry(
  type: string,
  parameters: readonly CompiledParameter[],
  revincludes: readonly string[],
  operation: readonly OfferedOperation[],
): Record<string, unknown> {
  const references = parameters.filter((one) => one.type === 'reference')
  const interactions = interactionsOf(type)
  const writes = interactions.includes('update')
  return {
    type,
    profile: `http://hl7.org/fhir/StructureDefinition/${type}`,
    interaction: interactions.map((code) => ({ code })),
    versioning: writes ? 'versioned-update' : 'versioned',
    readHistory: true,
    updateCreate: writes,
    conditionalCreate: true,
    conditionalRead: 'full-support',
    conditionalUpdate: writes,
    conditionalDelete: writes ? 'single' : 'not-supported',
    referencePolicy: ['literal', 'logical', 'local'],
    ...(references.length > 0 ? { searchInclude: references.map((one) => `${type}:${one.code}`) } : {}),
    ...(revincludes.length > 0 ? { searchRevInclude: revincludes } : {}),
    searchParam: [...STORE_PARAMETERS, ...parameters.map(parameterEntry)],
    ...(operation.length > 0 ? { operation } : {}),
  }
}

function parameterEntry(parameter: CompiledParameter): Record<string, unknown> {
  const { base, code, type } = parameter
  const modifiers = modifiersOf(parameter).map((one) => `:${one}`)
  return {
    name: code,
    ...(base === 'Resource' ? {} : { definition: `http://hl7.org/fhir/SearchParameter/${base}-${code}` }),
    type,
    ...(modifiers.length > 0 ? { documentation: `Modifiers: ${modifiers.join(', ')}.` } : {}),
  }
}

type OfferedOperation = { readonly name: string; readonly definition: string }

function operationsOn(type: string, offered: typeof OPERATIONS): OfferedOperation[] {
  return offered
    .filter(({ types }) =>
      // Of the server itself: what every type has, and what has no type.
      type === 'all' ? types === 'all' || types.includes('') : types !== 'all' && types.includes(type),
    )
    .map(({ name, definition }) => ({ name, definition }))
}

/** Where tokens come from, as clients that do not know .well-known/smart-configuration look for it. */
function security({ authorize, token }: { authorize: string; token: string }): Record<string, unknown> {
  return {
    extension: [
      {
        url: 'http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris',
        extension: [
          { url: 'authorize', valueUri: authorize },
          { url: 'token', valueUri: token },
        ],
      },
    ],
    service: [
      {
        coding: [
          {
            system: 'http://terminology.hl7.org/CodeSystem/restful-security-service',
            code: 'SMART-on-FHIR',
          },
        ],
      },
    ],
  }
}
