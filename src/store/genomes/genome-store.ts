import type { SourceFile } from '../../record/genotype.ts'
import type { Restriction } from '../../record/resource-query.ts'
import type { VariantName } from '../../record/variant-calls.ts'
import type { Assembly } from '../../terms/genome.ts'
import type { PatientId, TenantId } from '../../terms/ids.ts'
import type { PatientKey } from '../person.ts'
import type { Carrier, VariantReading } from '../variants/variant-store.ts'

/** A person's set of genotypes whose file was not taken apart into variants. */
export interface UnsearchedSet {
  readonly patient: PatientId
  readonly assembly: Assembly
  readonly format: SourceFile['format']
  /** False where the record has the calls of a panel of positions alone, and no file. */
  readonly hasFile: boolean
}

/** Calls of whole genomes by place: too many to be kept by variant, found by the stretch of the genome that they lie in. */
export interface Genomes {
  /** Keeps a reading in the place of an earlier one of the same file and sample. Throws PATIENT_UNKNOWN. */
  write(key: PatientKey, reading: VariantReading): Promise<void>
  /** Checksum and sample of a person's readings. */
  list(key: PatientKey): Promise<readonly Pick<VariantReading, 'sha256' | 'sample'>[]>
  /** Who carries any of the spellings of one variant, by patient id; the spellings as in `Variants.carriers`. */
  carriers(
    tenant: TenantId,
    spellings: readonly VariantName[],
    within: Restriction,
  ): Promise<readonly Carrier[]>
  /** Sets of genotypes that are found neither here nor by variant. */
  unsearched(tenant: TenantId): Promise<readonly UnsearchedSet[]>
  /**
   * Puts the genomes of up to `most` stretches together, so that fewer rows are read, and takes out those that were
   * removed. Answers are the same before and after. Returns how many stretches were written.
   */
  fold(tenant: TenantId, most: number): Promise<number>
}
