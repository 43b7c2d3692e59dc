import type { Restriction } from '../../record/resource-query.ts'
import type { CallColumns, VariantName } from '../../record/variant-calls.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { PatientKey } from '../person.ts'

/** All calls of one sample of one file of a person. */
export interface VariantReading {
  /** The file and its sample, as the record names them. */
  readonly file: string
  readonly sha256: string
  readonly sample: string
  readonly assembly: Assembly
  readonly calls: CallColumns
}

/** Somebody who carries a variant. */
export interface Carrier {
  readonly patient: PatientId
  /** 1: on one chromosome as far as was called; 2: on both. Of several readings the higher. */
  readonly copies: number
}

/** Every variant call of people's files, by person and by variant. */
export interface Variants {
  /** Keeps a reading in the place of an earlier one of the same file and sample. Throws PATIENT_UNKNOWN. */
  write(key: PatientKey, reading: VariantReading): Promise<void>
  /** A person's readings, oldest first; none where they are hidden. */
  read(key: PatientKey, within: Restriction): Promise<readonly VariantReading[]>
  /** Checksum and sample of a person's readings, without their calls. */
  list(key: PatientKey): Promise<readonly Pick<VariantReading, 'sha256' | 'sample'>[]>
  /** Notes which set of the record each reading is of, where an earlier version did not. */
  nameSets(key: PatientKey): Promise<void>
  /**
   * Who carries each of the variants, by patient id; in the order asked. A spelling with shared bases around it is the
   * same variant; one that is shifted along a repeat is another.
   */
  carriers(
    tenant: TenantId,
    variants: readonly VariantName[],
    within: Restriction,
  ): Promise<readonly (readonly Carrier[])[]>
  /** People with readings who may be seen, by id, from `after` on. */
  people(
    tenant: TenantId,
    within: Restriction,
    most: number,
    after: PatientId | undefined,
  ): Promise<readonly PatientId[]>
  /**
   * Folds what was added and removed since into what lies by variant, up to `most` readings. Answers of `carriers` are
   * the same before and after. Returns how many readings were folded.
   */
  fold(tenant: TenantId, most: number): Promise<number>
}
