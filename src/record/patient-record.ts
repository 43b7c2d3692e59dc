import type { AtcCode, PatientId, RxCui } from '../terms/ids.ts'
import type { GenotypeSet, OutsideCall } from './genotype.ts'

export type Sex = 'female' | 'male' | 'other' | 'unknown'

/** A drug the person takes or may be given. Resolved to codes by decide/; `text` is what was sent. */
export interface DrugUse {
  readonly text: string
  readonly rxcui: RxCui | undefined
  readonly atc: AtcCode | undefined
  /** taking: on the medication list now. considered: about to be ordered, or asked about. */
  readonly status: 'taking' | 'considered'
  /** naive: never taken. established: taken for more than three months without the reaction in question. Absent: not known. */
  readonly exposure?: 'naive' | 'established'
}

/** A number with its unit, as UCUM, e.g. 72 kg, 178 cm, 2.1 {INR}. */
export interface Measurement {
  readonly kind: 'weight' | 'height' | 'age' | 'inr'
  readonly value: number
  readonly unit: 'kg' | 'cm' | 'a' | '{INR}'
}

/**
 * What is true of one person, as one plain value. It is read by every stage and changed by none.
 * Anything absent is unknown; nothing here has a default.
 */
export interface PatientRecord {
  readonly id: PatientId
  readonly name: string | undefined
  readonly sex: Sex
  /** YYYY-MM-DD, or a part of it. */
  readonly birthDate: string | undefined
  /** Medical record number and the authority that gave it. */
  readonly identifiers: readonly { readonly system: string; readonly value: string }[]
  readonly genotypes: readonly GenotypeSet[]
  readonly outsideCalls: readonly OutsideCall[]
  readonly drugs: readonly DrugUse[]
  readonly measurements: readonly Measurement[]
  /** Facts some dose equations ask for; absent means not known. */
  readonly context: ClinicalContext
}

/** Answers that some recommendations depend on. Undefined means nobody said. */
export interface ClinicalContext {
  /** Coded indications of the drugs in question, in Garrod's codes (see facts of the guideline rules). */
  readonly indications?: readonly string[]
  /** Self-reported ancestry group, used only by dose equations that were fitted with it. */
  readonly race?: 'white' | 'black' | 'asian' | 'other'
  readonly smoker?: boolean
  /** International normalized ratio aimed at, e.g. 2.5. */
  readonly targetInr?: number
  /** True: the drug list is known to be complete, so that a drug that is not on it is not taken. */
  readonly drugListComplete?: boolean
}
