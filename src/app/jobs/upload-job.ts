import type { Facts } from '../../knowledge/facts.ts'
import type { PatientKey } from '../../store/person.ts'
import type { Store } from '../../store/store.ts'
import { Fault } from '../../terms/fault.ts'
import { patientId } from '../../terms/ids.ts'
import { readTumorUpload } from '../board/read-tumor-upload.ts'
import { Told } from '../board/told.ts'
import type { FaultReply, Job as UploadState } from '../http/api.ts'
import { type Reading, readUpload } from '../people/read-upload.ts'
import { rematchOf } from '../trials/rematch-job.ts'
import { enqueueIndexing } from './index-variants.ts'
import type { JobHandler, Work } from './worker.ts'

export const UPLOAD = 'upload'

/** What a settled upload remembers. */
export type UploadOutcome =
  | { readonly stored: NonNullable<UploadState['stored']> }
  | { readonly fault: FaultReply }

/**
 * Reads a held file and stores it with the record. Its content may be refused: the fault, which may quote the file, is
 * kept sealed with the upload, and the job is told the code alone.
 */
export function uploadJob(services: {
  readonly store: Store
  readonly facts: Facts
  readonly now: () => Date
}): JobHandler {
  const { store, facts, now } = services
  return async (work) => {
    const { key, id } = uploadOf(work)
    const upload = await store.uploads.get(key, id)
    if (upload === undefined) throw gone()
    const outcome = upload.outcome as UploadOutcome | undefined
    if (outcome !== undefined) {
      // Whoever settled it may have died before the held bytes were deleted.
      await store.uploads.settle(key, id, outcome)
      if ('fault' in outcome) throw refused(id, outcome.fault.code)
      return
    }
    const received = await store.uploads.open(key, id)
    if (received === undefined) throw gone()
    const progress = (read: number) => {
      work.signal.throwIfAborted()
      work.progress(read, received.bytes, 'reading')
    }
    const act = { at: now().toISOString(), by: upload.by }
    try {
      if (upload.tumor !== undefined) {
        const told = Told.parse(upload.tumor)
        const tumor = await readTumorUpload(received, told, facts, progress)
        work.signal.throwIfAborted()
        const { name, sha256 } = received
        await store.records.ingest(
          key,
          {
            ...{ genotypes: [], outsideCalls: [], drugs: [], measurements: [] },
            files: [{ received, format: 'tumor' }],
          },
          act,
        )
        await store.tumorFiles.keep(key, { id, name, sha256, told }, act)
        const rematch = await rematchOf(store, key.tenant, key.patient, `file ${id}`)
        await store.jobs.enqueue(key.tenant, rematch, act.at)
        work.progress(received.bytes, received.bytes, 'stored')
        await store.uploads.settle(key, id, { stored: { tumor } } satisfies UploadOutcome)
        return
      }
      const reading = await readUpload(received, facts, { sample: upload.sample, progress })
      work.signal.throwIfAborted()
      await store.records.ingest(key, { ...reading, drugs: [], measurements: [] }, act)
      await enqueueIndexing(store, key, id, now().toISOString())
      work.progress(received.bytes, received.bytes, 'stored')
      await store.uploads.settle(key, id, { stored: storedOf(reading) } satisfies UploadOutcome)
    } catch (error) {
      if (!(error instanceof Fault) || /^(DATABASE_|ARCHIVE_DISK)/.test(error.code)) throw error
      await store.uploads.settle(key, id, { fault: error.toJSON() } satisfies UploadOutcome)
      throw refused(id, error.code)
    } finally {
      await received.discard()
    }
  }
}

/** The two ids that the job carries. */
export function uploadOf({ tenant, job }: Pick<Work, 'tenant' | 'job'>): { key: PatientKey; id: string } {
  const { patient, upload } = job.payload as { readonly patient: string; readonly upload: string }
  return { key: { tenant, patient: patientId(patient) }, id: upload }
}

/** Says the code alone: the words may quote the file. */
function refused(id: string, code: string): Fault {
  return new Fault(code, `upload ${id}`, 'the file was refused', 'See the upload; send a corrected file.')
}

function gone(): Fault {
  return new Fault(
    'UPLOAD_GONE',
    'upload',
    'the received file, or the person it was for, is not here any more',
    "Look at the patient's files; send the file again if it is not among them.",
  )
}

function storedOf({ genotypes, outsideCalls }: Reading): NonNullable<UploadState['stored']> {
  const [first] = genotypes
  if (first === undefined) return { outsideCalls: outsideCalls.length }
  const { sample, source, assembly, notes, calls, gaps } = first
  return { sample, source, assembly, notes, calls: calls.length, gaps: gaps.length }
}
