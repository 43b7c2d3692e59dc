import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import { parsed } from '../http/fault-reply.ts'
import { keyOf, recordOf } from '../http/patients.ts'
import { act, type Services } from '../http/services.ts'
import { rematchOf } from '../trials/rematch-job.ts'
import { Asked, type TumorReply } from './board-api.ts'
import { boardCase } from './board-case.ts'
import { Told } from './told.ts'

const WithFile = z.object({ file: z.string().min(1).max(100) })

/** The tumours of a person, and the case of one of them. */
export function boardRoutes(server: FastifyInstance, services: Services, wake: () => void): void {
  server.get('/api/patients/:id/tumor', async (request): Promise<TumorReply> => {
    const key = keyOf(services, request.params)
    const asked = parsed(Asked, request.query, 'query')
    await recordOf(services, key)
    const { tumors, document } = await boardCase(services, request, key, asked)
    return {
      tumors: tumors.map(({ specimen, files, results, fault }) => ({
        specimen,
        files: files.map(({ id, name, at, by, told }) => ({ id, name, at, by, told: Told.parse(told) })),
        results,
        fault: fault?.toJSON(),
      })),
      document,
    }
  })

  server.delete('/api/patients/:id/tumor/files/:file', async (request, reply) => {
    const key = keyOf(services, request.params)
    const { file } = parsed(WithFile, request.params, 'path')
    const by = act(services, request.caller.id)
    await services.store.tumorFiles.withdraw(key, file, by)
    const rematch = await rematchOf(services.store, key.tenant, key.patient, `file ${file} taken back`)
    await services.store.jobs.enqueue(key.tenant, rematch, by.at)
    wake()
    return reply.code(204).send()
  })
}
