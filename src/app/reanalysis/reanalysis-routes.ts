import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { sensitivityRules } from '../../knowledge/access/sensitivity.ts'
import type { Resource } from '../../record/resource.ts'
import { UNRESTRICTED } from '../../record/resource-query.ts'
import { labelling } from '../../safeguard/labels/labels-of.ts'
import { personDiagnosis } from '../diagnose/person-diagnosis.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import { parsed } from '../http/fault-reply.ts'
import { keyOf, recordOf } from '../http/patients.ts'
import { act, type Services } from '../http/services.ts'
import { flagId, isAsked, keptAssessment, reanalysisFlag } from './kept-case.ts'

const Wanted = z.strictObject({ wanted: z.boolean() })

export interface ReanalysisReply {
  /** Somebody asked that this case be ranked again when facts change. */
  readonly wanted: boolean
}

/** Whether an unsolved case is looked at again when facts change: nothing is, unless somebody asked for it. */
export function reanalysisRoutes(server: FastifyInstance, services: Services): void {
  const { store, tenant, facts } = services
  const writes = resourceWrites(facts)
  const rules = labelling(sensitivityRules(facts))

  server.get('/api/patients/:id/reanalysis', async (request): Promise<ReanalysisReply> => {
    const { patient } = keyOf(services, request.params)
    const ref = { type: 'Flag', id: flagId(patient) }
    const stored = await store.resources.read(tenant, ref, request.access.restriction)
    const flag = stored?.json === undefined ? undefined : (JSON.parse(stored.json) as Resource)
    return { wanted: isAsked(flag) }
  })

  server.put('/api/patients/:id/reanalysis', async (request): Promise<ReanalysisReply> => {
    const key = keyOf(services, request.params)
    const { wanted } = parsed(Wanted, request.body, 'body')
    const { sex } = await recordOf(services, key)
    const by = act(services, request.caller.id)
    const flag = reanalysisFlag(key.patient, wanted, by.at)
    const ranked = () => personDiagnosis(store, facts, key, sex, UNRESTRICTED)
    const resources = wanted ? [flag, keptAssessment(key.patient, await ranked(), rules, by.at)] : [flag]
    await store.resources.commit(tenant, writes(resources, key.patient), by)
    return { wanted }
  })
}
