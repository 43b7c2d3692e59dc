import type { FastifyInstance } from 'fastify'
import * as z from 'zod'
import type { Job, JobState } from '../../store/jobs/jobs.ts'
import { Fault } from '../../terms/fault.ts'
import { showsGenetic } from '../access/gate.ts'
import type { RouteAccess } from '../access/route-access.ts'
import { UPLOAD, type UploadOutcome, uploadOf } from '../jobs/upload-job.ts'
import type { QueueJob, Job as UploadState } from './api.ts'
import { parsed } from './fault-reply.ts'
import type { Services } from './services.ts'

const STATES = ['waiting', 'running', 'done', 'dead', 'cancelled'] as const satisfies readonly JobState[]
const Wanted = z.strictObject({ state: z.enum(STATES).optional() })
const MOST = 200
/** Work that says nothing about people is for whoever keeps the system. */
const SEE: RouteAccess = { action: 'read', kind: 'Setting' }
const MEND: RouteAccess = { action: 'update', kind: 'Setting' }

/** Routes of the job queue: what waits, runs, is done, or was given up. Ask again for progress. */
export function jobRoutes(server: FastifyInstance, services: Services, wake: () => void): void {
  const { store, tenant, now } = services
  const find = async (params: unknown): Promise<Job> => {
    const job = await store.jobs.get(tenant, (params as { id: string }).id)
    if (job === undefined) throw unknownJob()
    return job
  }

  server.get('/api/jobs', { config: { access: SEE } }, async (request): Promise<readonly QueueJob[]> => {
    const { state } = parsed(Wanted, request.query, 'query')
    return (await store.jobs.list(tenant, state, MOST)).map(shown)
  })

  server.get('/api/jobs/:id', async (request): Promise<UploadState | QueueJob> => {
    const job = await find(request.params)
    if (job.kind !== UPLOAD) return shown(job)
    const { patient } = uploadOf({ tenant, job }).key
    // As if it were not there: whose file it is, is told only to who may see the person's results.
    if (!(await showsGenetic(services, request, patient))) throw unknownJob()
    request.audit.touch(patient)
    return uploadState(services, job)
  })

  for (const verb of ['retry', 'cancel'] as const) {
    server.post(`/api/jobs/:id/${verb}`, { config: { access: MEND } }, async (request): Promise<QueueJob> => {
      const { id } = await find(request.params)
      await store.jobs[verb](tenant, id, now().toISOString())
      wake()
      return shown(await find(request.params))
    })
  }
}

/** An upload as the page follows it. Throws JOB_UNKNOWN when the person was removed. */
export async function uploadState({ store, tenant }: Services, job: Job): Promise<UploadState> {
  const { key, id } = uploadOf({ tenant, job })
  const upload = await store.uploads.get(key, id)
  if (upload === undefined) throw unknownJob()
  const outcome = upload.outcome as UploadOutcome | undefined
  const given = { id: job.id, patient: key.patient, file: upload.name }
  const total = upload.bytes
  const read = job.progress.done
  if (outcome === undefined && (job.state === 'waiting' || job.state === 'running')) {
    const state = job.state === 'running' ? 'reading' : 'waiting'
    return { ...given, state, bytes: { read, total }, fault: undefined, stored: undefined }
  }
  if (outcome !== undefined && 'stored' in outcome) {
    return {
      ...given,
      state: 'stored',
      bytes: { read: total, total },
      fault: undefined,
      stored: outcome.stored,
    }
  }
  const fault = outcome?.fault ?? { where: upload.name, ...(job.fault ?? CANCELLED) }
  return { ...given, state: 'refused', bytes: { read, total }, fault, stored: undefined }
}

const CANCELLED = {
  code: 'JOB_CANCELLED',
  what: 'the upload was cancelled before it was stored',
  mend: 'Send the file again if it is wanted after all.',
}

function shown({ id, kind, state, attempt, attempts, progress, fault, madeAt, changedAt }: Job): QueueJob {
  return { id, kind, state, attempt, attempts, progress, fault, madeAt, changedAt }
}

function unknownJob(): Fault {
  return new Fault(
    'JOB_UNKNOWN',
    'job',
    'there is no such job, or it was finished long ago',
    "Look at the patient's files; send the file again if it is not among them.",
  )
}
