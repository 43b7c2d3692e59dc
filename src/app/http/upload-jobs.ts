import { randomUUID } from 'node:crypto'
import type { PatientKey, ReceivedFile } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import { type Reading, readUpload } from '../read-upload.ts'
import type { Job } from './api.ts'
import { faultReply } from './fault-reply.ts'
import { act, type Services } from './services.ts'

/** Finished jobs that can still be asked about. */
const REMEMBERED = 500

/**
 * Received files on their way into records, one after another. A file is stored whole or not at all; what a stop of
 * the server interrupts was never reported as stored, and its bytes are deleted at the next start.
 */
export class UploadJobs {
  readonly #services: Services
  readonly #jobs = new Map<string, Job>()
  #last: Promise<void> = Promise.resolve()
  #closing = false

  constructor(services: Services) {
    this.#services = services
  }

  /** Takes a complete file; the job it answers with goes on by itself. */
  start(key: PatientKey, received: ReceivedFile, sample: string | undefined): Job {
    const job: Job = {
      id: randomUUID(),
      patient: key.patient,
      file: received.name,
      state: 'waiting',
      bytes: { read: 0, total: received.bytes },
      fault: undefined,
      stored: undefined,
    }
    this.#keep(job)
    this.#last = this.#last.then(() => this.#run(job, key, received, sample))
    return job
  }

  /** Throws JOB_UNKNOWN. */
  get(id: string): Job {
    const job = this.#jobs.get(id)
    if (job === undefined) {
      throw new Fault(
        'JOB_UNKNOWN',
        'job',
        'there is no such upload, or the server was started again since',
        "Look at the patient's files; send the file again if it is not among them.",
      )
    }
    return job
  }

  /** Gives up reading, and resolves when nothing is being stored any more. */
  async close(): Promise<void> {
    this.#closing = true
    await this.#last
  }

  async #run(job: Job, key: PatientKey, received: ReceivedFile, sample: string | undefined): Promise<void> {
    let now: Job = { ...job, state: 'reading' }
    this.#keep(now)
    try {
      if (this.#closing) throw stopping(job.file)
      const reading = await readUpload(received, this.#services.facts, {
        sample,
        progress: (read) => {
          if (this.#closing) throw stopping(job.file)
          now = { ...now, bytes: { read, total: received.bytes } }
          this.#keep(now)
        },
      })
      await this.#services.store.records.ingest(
        key,
        { ...reading, drugs: [], measurements: [] },
        act(this.#services, 'web'),
      )
      now = { ...now, state: 'stored', bytes: { read: received.bytes, total: received.bytes } }
      this.#keep({ ...now, stored: storedOf(reading) })
    } catch (error) {
      await received.discard()
      this.#keep({ ...now, state: 'refused', fault: faultReply(error, this.#services.log).body })
    }
  }

  #keep(job: Job): void {
    this.#jobs.delete(job.id)
    this.#jobs.set(job.id, job)
    for (const [id, one] of this.#jobs) {
      if (this.#jobs.size <= REMEMBERED) break
      if (one.state === 'stored' || one.state === 'refused') this.#jobs.delete(id)
    }
  }
}

function stopping(file: string): Fault {
  return new Fault(
    'SERVER_STOPPING',
    file,
    'the server was stopped before the file was read',
    'Send the file again once the server is back.',
  )
}

function storedOf({ genotypes, outsideCalls }: Reading): NonNullable<Job['stored']> {
  const [first] = genotypes
  if (first === undefined) return { outsideCalls: outsideCalls.length }
  const { sample, source, assembly, notes, calls, gaps } = first
  return { sample, source, assembly, notes, calls: calls.length, gaps: gaps.length }
}
