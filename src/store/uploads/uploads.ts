import type { ReceivedFile } from '../archive/received-file.ts'
import type { Job } from '../jobs/jobs.ts'
import type { Act, PatientKey } from '../person.ts'

/** A received file on its way into a record: kept, with what was asked about it, until a job has dealt with it. */
export interface Upload {
  readonly id: string
  readonly name: string
  /** Of the bytes as received, hexadecimal. */
  readonly sha256: string
  readonly bytes: number
  /** Which sample of the file is the person, when it was said. */
  readonly sample: string | undefined
  /** For a file of a tumour: what the sender said of it (JSON); undefined: it is of the person's own genome. */
  readonly tumor?: unknown
  /** Who sent it. */
  readonly by: string
  /** What became of it, as the job that dealt with it told; undefined before. */
  readonly outcome: unknown
}

export interface Uploads {
  /**
   * Takes a received file over and enqueues a job for it, both or neither: when it returns, a restart loses nothing.
   * The job's payload holds `patient` and `upload`, the two ids. Throws PATIENT_UNKNOWN.
   */
  hold(
    key: PatientKey,
    received: ReceivedFile,
    asked: { readonly job: string; readonly sample: string | undefined; readonly tumor?: unknown },
    act: Act,
  ): Promise<Job>
  get(key: PatientKey, id: string): Promise<Upload | undefined>
  /**
   * The file, to be ingested or discarded; the held bytes stay, so that the next attempt has them again. Undefined when
   * they are no longer there.
   */
  open(key: PatientKey, id: string): Promise<ReceivedFile | undefined>
  /** Remembers what became of it (JSON), and deletes the held bytes. */
  settle(key: PatientKey, id: string, outcome: unknown): Promise<void>
  /** Forgets uploads received before that instant that were dealt with. Returns how many. */
  prune(tenant: PatientKey['tenant'], before: string): Promise<number>
}
