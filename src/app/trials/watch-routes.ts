import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { Resource } from '../../record/resource.ts'
import { resourceWrites } from '../exchange/resource-writes.ts'
import { parsed } from '../http/fault-reply.ts'
import { keyOf, recordOf } from '../http/patients.ts'
import { act, type Services } from '../http/services.ts'
import { verdictsNow } from './rematch-job.ts'
import { watched, watchFlag, watchId } from './trial-watch.ts'

const Wanted = z.strictObject({ wanted: z.boolean() })

export interface TrialWatchReply {
  /** Somebody asked that trials be looked for again when the record or a trial changes. */
  readonly wanted: boolean
}

/** Whether the care team is told when the trials of a person change: nothing is, unless somebody asked for it. */
export function watchRoutes(server: FastifyInstance, services: Services): void {
  const { store, tenant, facts } = services
  const writes = resourceWrites(facts)

  server.get('/api/patients/:id/trials/watch', async (request): Promise<TrialWatchReply> => {
    const { patient } = keyOf(services, request.params)
    const stored = await store.resources.read(
      tenant,
      { type: 'Flag', id: watchId(patient) },
      request.access.restriction,
    )
    const flag = stored?.json === undefined ? undefined : (JSON.parse(stored.json) as Resource)
    return { wanted: watched(flag) !== undefined }
  })

  server.put('/api/patients/:id/trials/watch', async (request): Promise<TrialWatchReply> => {
    const key = keyOf(services, request.params)
    const { wanted } = parsed(Wanted, request.body, 'body')
    await recordOf(services, key)
    const by = act(services, request.caller.id)
    const now = wanted ? await verdictsNow(services, tenant, key.patient) : undefined
    const made = watchFlag(key.patient, wanted, now?.verdicts ?? {}, by.at)
    const flag = now === undefined ? made : now.labelled(made)
    await store.resources.commit(tenant, writes([flag], key.patient), by)
    return { wanted }
  })
}
