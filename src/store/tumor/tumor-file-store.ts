import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { Act, PatientKey } from '../person.ts'

/** A file of the archive that tells of a tumour of the person. */
export interface TumorFile {
  readonly id: string
  /** Of the bytes as received, hexadecimal: the archive has them. */
  readonly sha256: string
  readonly name: string
  /** What the sender said of it (JSON): the specimen, the column that is the tumour, the genes that were covered. */
  readonly told: unknown
  readonly at: string
  readonly by: string
  /** When and by whom it was taken back; it stays in the archive, and nothing rests on it any more. */
  readonly withdrawn: { readonly at: string; readonly by: string } | undefined
}

/** Which files of a person's archive are of a tumour. */
export interface TumorFiles {
  /** Does nothing where the id is there. Throws PATIENT_UNKNOWN. */
  keep(key: PatientKey, file: Pick<TumorFile, 'id' | 'sha256' | 'name' | 'told'>, act: Act): Promise<void>
  /** Those that were taken back included, oldest first. */
  list(key: PatientKey): Promise<readonly TumorFile[]>
  /** Those of these people of whom there is any, taken back or not. */
  owners(tenant: TenantId, patients: readonly PatientId[]): Promise<ReadonlySet<PatientId>>
  /** Throws TUMOR_FILE_UNKNOWN. */
  withdraw(key: PatientKey, id: string, act: Act): Promise<void>
}
