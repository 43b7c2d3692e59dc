import type { GenotypeSet, OutsideCall, SourceFile } from '../../record/genotype.ts'
import type { ClinicalContext, DrugUse, Measurement, PatientRecord } from '../../record/patient-record.ts'
import type { ReceivedFile } from '../archive/received-file.ts'
import type { Act, PatientKey } from '../person.ts'

/** What one upload adds to a record. All of it is stored, or none. */
export interface Ingest {
  readonly files: readonly { readonly received: ReceivedFile; readonly format: SourceFile['format'] }[]
  readonly genotypes: readonly GenotypeSet[]
  readonly outsideCalls: readonly OutsideCall[]
  /** Added to the list unless the same text stands there with the same status. */
  readonly drugs: readonly DrugUse[]
  /** Each replaces the value of the same kind. */
  readonly measurements: readonly Measurement[]
}

export interface IngestReceipt {
  /** The record's version that holds the upload. */
  readonly version: number
  /** Genotype sets that replaced an earlier reading of the same file and sample. */
  readonly replaced: number
}

/** A record and the version it was read at. */
export interface VersionedRecord {
  readonly record: PatientRecord
  readonly version: number
}

export interface Records {
  /** Everything known of one person, read in one snapshot. */
  get(key: PatientKey): Promise<VersionedRecord | undefined>
  /**
   * One transaction: when it returns, everything is on disk; when it throws or the process dies, nothing is.
   * A file and sample that the person already has replaces the earlier reading.
   * Throws PATIENT_UNKNOWN; RECORD_CHANGED; INGEST_TWO_PEOPLE when the genotypes name several samples of one file;
   * SEX_CONTRADICTION when chromosome X contradicts the registered sex; SAMPLE_OF_ANOTHER_PATIENT when the same
   * sample of the same file is in another person's record.
   */
  ingest(key: PatientKey, upload: Ingest, act: Act, expected?: number): Promise<IngestReceipt>
  /** Replaces the named parts and leaves the others. Throws PATIENT_UNKNOWN, RECORD_CHANGED. Returns the new version. */
  change(
    key: PatientKey,
    parts: {
      readonly drugs?: readonly DrugUse[]
      readonly measurements?: readonly Measurement[]
      readonly context?: ClinicalContext
    },
    act: Act,
    expected?: number,
  ): Promise<number>
}
