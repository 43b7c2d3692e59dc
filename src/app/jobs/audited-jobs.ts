import type { AuditEntry, AuditSink } from '../../safeguard/audit/audit-entry.ts'
import { Fault } from '../../terms/fault.ts'
import { type PatientId, patientId } from '../../terms/ids.ts'
import type { JobHandler, JobHandlers, Work } from './worker.ts'

/** Most people that one entry names; of more there are several entries. */
const PEOPLE = 1000

/**
 * The same work, written down: whose data each job touched, and whether it came to an end. On disk before the job counts
 * as done; a job whose entry cannot be written is done again. Work that touched nobody's data leaves no entry.
 */
export function auditedJobs(handlers: JobHandlers, audit: AuditSink, now: () => Date): JobHandlers {
  return Object.fromEntries(
    Object.entries(handlers).map(([kind, handler]) => [kind, auditedJob(kind, handler, audit, now)]),
  )
}

function auditedJob(kind: string, handler: JobHandler, audit: AuditSink, now: () => Date): JobHandler {
  return async (work) => {
    const touched = new Set<PatientId>()
    const { patient } = work.job.payload as { readonly patient?: unknown }
    if (typeof patient === 'string' && patient !== '') touched.add(patientId(patient))
    const record = async (code: string | undefined) => {
      const people = [...touched]
      for (let from = 0; from < people.length; from += PEOPLE)
        await audit.record(
          work.tenant,
          entryOf(work, kind, people.slice(from, from + PEOPLE), code, now().toISOString()),
        )
    }
    try {
      await handler({ ...work, touch: (one) => void touched.add(one) })
    } catch (error) {
      // Given back to the queue: the next worker that takes it writes it down.
      if (!work.signal.aborted) await record(error instanceof Fault ? error.code : 'INTERNAL')
      throw error
    }
    await record(undefined)
  }
}

function entryOf(
  { job }: Work,
  kind: string,
  patients: readonly PatientId[],
  code: string | undefined,
  at: string,
): AuditEntry {
  return {
    at,
    action: 'E',
    kind: 'job',
    interaction: kind,
    outcome: code === undefined ? 'success' : 'failed',
    ...(code === undefined ? {} : { code }),
    who: { id: `job:${kind}`, roles: ['system'] },
    purpose: 'HOPERAT',
    patients,
    what: [`job ${job.id}`],
  }
}
