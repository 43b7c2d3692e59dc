import type { DrugUse, Measurement } from './patient-record.ts'
import type { Coding } from './resource.ts'

/**
 * What one resource says for the typed record: all that is ever read of it for that. It is plain JSON and kept sealed beside
 * the record, so that a resource is read again only when it has another version.
 */
export interface Statement {
  readonly result?: ResultStatement
  readonly measured?: readonly MeasuredStatement[]
  readonly drug?: DrugStatement
  readonly medication?: MedicationStatement
}

/** A pharmacogenomic result of a laboratory. */
export interface ResultStatement {
  readonly id: string
  readonly kind?: 'genotype' | 'haplotype'
  readonly gene?: string
  /** Of a genotype "*1/*2", of a haplotype "*1"; only where the gene is known. */
  readonly alleles?: string
  readonly isWorded?: boolean
  readonly phenotypes: readonly string[]
  /** Observations that it is derived from. */
  readonly from: readonly string[]
  /** The message or file that brought it. */
  readonly report: string
}

export interface MeasuredStatement extends Measurement {
  readonly id: string
  /** ISO 8601 instant, the beginning of what the date covers. */
  readonly at: string
}

/** An order or a statement of use; the drug itself may be told by another resource. */
export interface DrugStatement {
  readonly status: DrugUse['status']
  readonly concept?: DrugConcept
  /** Id of the Medication that is referred to. */
  readonly medication?: string
  readonly display?: string
}

export interface MedicationStatement {
  readonly id: string
  readonly concept?: DrugConcept
}

export interface DrugConcept {
  readonly coding?: readonly Coding[]
  readonly text?: string
}
