import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { SearchIndex } from '../../fhir/search/search-index.ts'
import { assemblies } from '../../knowledge/assemblies.ts'
import { fhirDefinitions } from '../../knowledge/fhir-definitions.ts'
import { geneIds } from '../../knowledge/gene-id.ts'
import { searchFacts } from '../../knowledge/search-parameter.ts'
import { sensitivityRules } from '../../knowledge/sensitivity.ts'
import { compileConsent } from '../../safeguard/consent/compile-consent.ts'
import { labelling, labelsOf } from '../../safeguard/labels/labels-of.ts'
import { patientId } from '../../terms/ids.ts'
import { accessOf } from '../access/access-of.ts'
import { documentsToRead } from '../documents/read-document-job.ts'
import { bringUpToDate } from '../exchange/bring-up-to-date.ts'
import type { Services } from '../http/services.ts'
import { acceptIssues } from './accept-issues.ts'
import { fhirContext } from './fhir-access.ts'
import { fhirIssues } from './fhir-issues.ts'
import type { FhirService } from './fhir-service.ts'
import { FHIR_ROOT, fhirRoutes } from './routes.ts'

/** The FHIR server on the store, the facts and the access policies of this installation. */
export async function openFhir(server: FastifyInstance, services: Services): Promise<void> {
  const service = fhirService(services)
  const access = accessOf(services.facts)
  const { types } = service.index
  await fhirRoutes(server, service, async (request) =>
    fhirContext(access, types, request, services.now().toISOString()),
  )
}

/** What the FHIR server works with, of what the whole server works with. */
export function fhirService({ store, facts, audit, now, log, publicUrl }: Services): FhirService {
  const rules = labelling(sensitivityRules(facts))
  const symbols = new Map([...geneIds(facts)].map(([symbol, id]) => [id, symbol]))
  return {
    store: store.resources,
    index: new SearchIndex(searchFacts(facts)),
    base: () => `${publicUrl()}${FHIR_ROOT}`,
    audit,
    assemblies: assemblies(facts),
    validate: fhirIssues(fhirDefinitions(facts)),
    accept: acceptIssues(facts),
    labelsOf: (resource) => labelsOf(resource, rules),
    consentOf: (consent) => compileConsent(consent),
    // The typed record follows from the resources, whichever wire they came by.
    async changed({ tenant, act }, changes) {
      await store.jobs.enqueue(tenant, documentsToRead(changes), now().toISOString())
      const patients = new Set(changes.map((one) => one.compartment).filter((one) => one !== ''))
      for (const patient of patients) {
        await bringUpToDate(store, { tenant, patient: patientId(patient) }, symbols, act)
      }
    },
    now,
    newId: randomUUID,
    pageKey: randomBytes(32),
    log,
  }
}
