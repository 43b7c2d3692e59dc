import { randomBytes, randomUUID } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { OutcomeIssue } from '../../fhir/rest/outcome.ts'
import { SearchIndex } from '../../fhir/search/search-index.ts'
import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import { assemblies } from '../../knowledge/assemblies.ts'
import { fhirDefinitions } from '../../knowledge/fhir/definitions.ts'
import { searchFacts } from '../../knowledge/fhir/search-parameter.ts'
import { geneSymbols } from '../../knowledge/gene-id.ts'
import { type Resource, TENANT_COMPARTMENT } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { compileConsent } from '../../safeguard/consent/compile-consent.ts'
import { labelling, labelsOf } from '../../safeguard/labels/labels-of.ts'
import type { Act } from '../../store/person.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import { accessOf } from '../access/access-of.ts'
import { GENETIC } from '../access/gate.ts'
import { bulkRoutes } from '../bulk/bulk-routes.ts'
import { importRoute } from '../bulk/import-route.ts'
import { wishesToFollow } from '../classifications/wishes-job.ts'
import { documentsToRead } from '../documents/read-document-job.ts'
import { bringUpToDate } from '../exchange/bring-up-to-date.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import type { Services } from '../http/services.ts'
import { medicationsToFollow } from '../jobs/catch-up-job.ts'
import { OIDC_BASE } from '../login/oidc/provider.ts'
import { notificationsOf } from '../subscriptions/follow.ts'
import { restHook } from '../subscriptions/subscription.ts'
import { rematchesOf } from '../trials/rematch-job.ts'
import { fileResource } from '../whole-record/received-files.ts'
import { acceptIssues } from './accept-issues.ts'
import { fhirContext } from './fhir-access.ts'
import { fhirIssues } from './fhir-issues.ts'
import type { FhirService } from './fhir-service.ts'
import { knownPeople } from './known-people.ts'
import { FHIR_ROOT, fhirRoutes } from './routes.ts'
import { trialMatcher } from './trial-matcher.ts'

/** The FHIR server on the store, the facts and the access policies of this installation. */
export async function openFhir(server: FastifyInstance, services: Services, wake: () => void): Promise<void> {
  const service = fhirService(services)
  const access = accessOf(services.facts, services.site)
  const { types } = service.index
  bulkRoutes(server, services, service.index, wake)
  const contextOf = async (request: FastifyRequest) => {
    const context = fhirContext(access, types, request, services.now().toISOString())
    // Each interaction writes its own entry, those of a batch one each.
    request.audit.elsewhere()
    return context
  }
  importRoute(server, service, contextOf)
  await fhirRoutes(server, service, contextOf)
}

/** What the FHIR server works with, of what the whole server works with. */
function fhirService(services: Services): FhirService {
  const { store, facts, audit, now, log, publicUrl } = services
  const rules = labelling(sensitivityRules(facts))
  const symbols = geneSymbols(facts)
  const index = new SearchIndex(searchFacts(facts))
  const base = () => `${publicUrl()}${FHIR_ROOT}`
  const accepted = acceptIssues(facts)
  return {
    store: store.resources,
    index,
    base,
    audit,
    auditLog: store.audit,
    people: knownPeople(store, randomUUID),
    assemblies: assemblies(facts),
    ...(services.names === undefined ? {} : { names: services.names }),
    trials: trialMatcher(services),
    validate: fhirIssues(fhirDefinitions(facts)),
    accept: (resource) => [...accepted(resource), ...subscriptionIssues(resource, services, index, base())],
    labelsOf: (resource) => labelsOf(resource, rules),
    consentOf: (consent) => compileConsent(consent),
    async files(tenant, patient, within) {
      const [shown] = await store.access.shown(
        tenant,
        patient,
        [{ ...GENETIC, type: 'DocumentReference' }],
        within,
      )
      if (shown !== true) return []
      return (await store.archive.list({ tenant, patient })).map((file) => ({
        resource: fileResource(patient, file, publicUrl()),
        receivedAt: file.receivedAt,
      }))
    },
    // The typed record follows from the resources, whichever wire they came by.
    async changed({ tenant, act, caller }, changes) {
      for (const { type, id, action } of changes) {
        if (type === 'Subscription' && action !== 'deleted') {
          await store.subscriptionOwners.put(tenant, id, caller)
          await activate(services, id, act)
        }
      }
      await store.jobs.enqueue(tenant, await notificationsOf(store, tenant, changes), now().toISOString())
      await store.jobs.enqueue(tenant, documentsToRead(changes), now().toISOString())
      await store.jobs.enqueue(tenant, medicationsToFollow(changes), now().toISOString())
      await store.jobs.enqueue(tenant, wishesToFollow(changes), now().toISOString())
      await store.jobs.enqueue(tenant, await rematchesOf(store, tenant, changes), now().toISOString())
      const patients = new Set(changes.map((one) => one.compartment).filter((one) => one !== ''))
      for (const patient of patients) {
        await bringUpToDate(store, { tenant, patient: patientId(patient) }, symbols, act)
      }
    },
    beside: {
      bulk: true,
      login:
        services.entry.kind === 'local'
          ? undefined
          : () => ({
              authorize: `${publicUrl()}${OIDC_BASE}/auth`,
              token: `${publicUrl()}${OIDC_BASE}/token`,
            }),
    },
    now,
    newId: randomUUID,
    pageKey: randomBytes(32),
    log,
  }
}

/** What was asked for is served from now on (R4, Subscription.status). */
async function activate({ store, tenant, facts }: Services, id: string, act: Act): Promise<void> {
  const stored = await store.resources.read(tenant, { type: 'Subscription', id }, UNRESTRICTED)
  const resource = stored?.json === undefined ? undefined : (JSON.parse(stored.json) as Resource)
  if (resource?.['status'] !== 'requested') return
  const writes = resourceWrites(facts)([{ ...resource, status: 'active' }], TENANT_COMPARTMENT)
  await store.resources.commit(tenant, writes, act)
}

/** A subscription that could not be served is refused when it is made, not when something happens. */
function subscriptionIssues(
  resource: Resource,
  { mayNotify, now }: Services,
  index: SearchIndex,
  base: string,
): readonly OutcomeIssue[] {
  if (resource.resourceType !== 'Subscription' || resource['status'] === 'off') return []
  try {
    restHook(resource, { index, base, now: now().getTime(), allows: mayNotify ?? (() => false) })
    return []
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return [
      {
        severity: 'error',
        code: 'not-supported',
        diagnostics: `${error.what}. ${error.mend}`,
        expression: [error.where],
      },
    ]
  }
}
