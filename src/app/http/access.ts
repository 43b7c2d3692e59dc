import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { whoLooked } from '../../safeguard/audit/who-looked.ts'
import { Fault } from '../../terms/fault.ts'
import type { AccessReply } from './api.ts'
import { parsed } from './fault-reply.ts'
import { keyOf } from './patients.ts'
import type { Services } from './services.ts'

const Page = z.strictObject({
  before: z.coerce.number().int().positive().optional(),
  count: z.coerce.number().int().min(1).max(1000).default(200),
})

/** Who looked at a person's record, and why: for the person to read. */
export function accessRoutes(server: FastifyInstance, services: Services): void {
  server.get('/api/patients/:id/access', async (request): Promise<AccessReply> => {
    const key = keyOf(services, request.params)
    const { before, count } = parsed(Page, request.query, 'query')
    const found = await whoLooked(services.store.audit, key.tenant, key.patient, {
      count,
      ...(before === undefined ? {} : { before }),
    })
    // Somebody who was removed may still be asked about; somebody who never was is not known.
    if (found.total === 0 && (await services.store.patients.get(key)) === undefined) {
      throw new Fault(
        'PATIENT_UNKNOWN',
        'patient',
        `there is no patient "${key.patient}"`,
        'Look the id up in the patient list.',
      )
    }
    request.audit.count(found.accesses.length)
    return found
  })
}
