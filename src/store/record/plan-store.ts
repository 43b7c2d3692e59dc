import type { PackRef } from '../../terms/evidence.ts'
import type { Act, PatientKey } from '../person.ts'

/** A finding as it is kept: what it is about, and its JSON text. */
export interface FindingDocument {
  /** "pgx". */
  readonly kind: string
  /** What it is about within its kind: the gene. */
  readonly subject: string
  /** JSON text, kept byte for byte. */
  readonly json: string
}

/** One interpretation of one version of a record, to be kept so that an old report can be read again. */
export interface NewPlan {
  readonly engine: { readonly name: string; readonly version: string }
  readonly facts: readonly PackRef[]
  /** Version of the record that was interpreted. */
  readonly recordVersion: number
  readonly findings: readonly FindingDocument[]
  /** The plan as JSON text, kept byte for byte. */
  readonly json: string
}

export interface PlanHead {
  /** 1, 2, 3 … within one person. Never reused, never changed. */
  readonly version: number
  readonly engine: { readonly name: string; readonly version: string }
  readonly facts: readonly PackRef[]
  readonly recordVersion: number
  readonly madeAt: string
}

export interface StoredPlan extends PlanHead {
  readonly json: string
}

export interface Plans {
  /** Adds the next version. Saving the same text from the same engine, facts and record again returns the version it has. */
  save(key: PatientKey, plan: NewPlan, act: Act): Promise<PlanHead>
  /** The newest, or the one asked for. */
  get(key: PatientKey, version?: number): Promise<StoredPlan | undefined>
  /** Newest first. */
  list(key: PatientKey): Promise<readonly PlanHead[]>
  /** Findings behind one version of the plan, by kind and subject. */
  findings(key: PatientKey, version: number): Promise<readonly FindingDocument[]>
}
