import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { PhenotypeFinding } from '../../interpret/finding/phenotype.ts'
import { dictionaryOf, suggestTerms, type TermMatch } from '../../interpret/phenotype/phenotype.ts'
import { ontology } from '../../knowledge/hpo/ontology.ts'
import { LANGUAGES } from '../../knowledge/hpo/vocabulary.ts'
import type { Resource } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { readResourceText } from '../../record/resource-text.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import { parsed } from '../http/fault-reply.ts'
import { keyOf, recordOf } from '../http/patients.ts'
import { act, type Services } from '../http/services.ts'
import { type Features, featureResource, featuresOf } from './features.ts'
import { personDiagnosis } from './person-diagnosis.ts'

/** Terms offered while somebody types. */
const MOST = 12
const Query = z.strictObject({
  query: z.string().max(200).default(''),
  language: z.enum(LANGUAGES as unknown as [string, ...string[]]).default('en'),
})
const Change = z.strictObject({
  id: z.string().regex(/^HP:\d{7}$/, 'a feature is named by its HPO id, as HP:0001250'),
  /** removed: what was said about it was a mistake. */
  state: z.enum(['present', 'excluded', 'removed']),
})

export interface TermsReply {
  readonly terms: readonly TermMatch[]
}

/** HPO terms while somebody types, the features of a person, and the diseases that fit them. */
export function featureRoutes(server: FastifyInstance, services: Services): void {
  const { store, tenant, facts } = services
  const writes = resourceWrites(facts)

  server.get('/api/hpo', { config: { audit: false } }, async (request): Promise<TermsReply> => {
    const { query, language } = parsed(Query, request.query, 'query')
    const asked = LANGUAGES.find((one) => one === language)!
    return { terms: suggestTerms(dictionaryOf(facts, asked), query, MOST) }
  })

  server.get('/api/patients/:id/features', async (request): Promise<Features> => {
    const key = keyOf(services, request.params)
    return featuresOf(store, tenant, key.patient, request.access.restriction, ontology(facts))
  })

  server.get('/api/patients/:id/diagnosis', async (request): Promise<PhenotypeFinding> => {
    const key = keyOf(services, request.params)
    const { sex } = await recordOf(services, key)
    return (await personDiagnosis(store, facts, key, sex, request.access.restriction)).finding
  })

  server.post('/api/patients/:id/features', async (request): Promise<Features> => {
    const key = keyOf(services, request.params)
    const { id, state } = parsed(Change, request.body, 'body')
    await recordOf(services, key)
    const terms = ontology(facts)
    const known = terms.stateOf(id)
    if (known.kind === 'unknown' || known.kind === 'obsolete')
      throw new Fault(
        'HPO_TERM_UNKNOWN',
        'body.id',
        `${id} is ${known.kind === 'unknown' ? 'not a term' : 'obsolete, and has no successor,'} in ${terms.ref.id} ${terms.ref.version}`,
        'Choose one of the terms that are offered while typing.',
      )
    const term = { id: terms.ids[known.term]!, name: terms.names[known.term]! }
    const by = act(services, request.caller.id)
    // Read without limits: a statement that the caller may not see is not to be left beside its opposite.
    const before = await featuresOf(store, tenant, key.patient, UNRESTRICTED, terms)
    const said = before.features.filter((one) => one.id === term.id).flatMap((one) => one.observations)
    const own = featureResource(
      patientId(key.patient),
      term,
      state === 'excluded' ? 'excluded' : 'present',
      by.at,
    )
    const others = said.filter((one) => state === 'removed' || one !== own.id)
    const found = await store.resources.readMany(
      tenant,
      others.map((one) => ({ type: 'Observation', id: one })),
      UNRESTRICTED,
    )
    const withdrawn = found.flatMap(({ json }) =>
      json === undefined ? [] : [{ ...(readResourceText(json) as Resource), status: 'entered-in-error' }],
    )
    const all = state === 'removed' ? withdrawn : [...withdrawn, own]
    await store.resources.commit(tenant, writes(all, key.patient), by)
    return featuresOf(store, tenant, key.patient, request.access.restriction, terms)
  })
}
