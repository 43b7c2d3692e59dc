import type { PatientKey } from '../person.ts'

/** One line of the log. Written in the same transaction as the change it tells of; never changed, never deleted. */
export interface StoreEvent {
  /** 1, 2, 3 … within one person. */
  readonly number: number
  readonly kind:
    | 'patient-added'
    | 'patient-updated'
    | 'patient-removed'
    | 'patient-shredded'
    | 'patient-merged'
    | 'hold-set'
    | 'hold-released'
    | 'ingested'
    | 'record-changed'
    | 'plan-saved'
    | 'tumor-file-kept'
    | 'tumor-file-withdrawn'
    | 'board-decision-saved'
  readonly at: string
  readonly by: string
  /** What was touched: versions, checksums, counts. Never a name, a genotype or a drug. */
  readonly detail: Readonly<Record<string, string | number>>
}

export interface Events {
  /** Oldest first, from `after` on (default: all). */
  list(key: PatientKey, after?: number): Promise<readonly StoreEvent[]>
}
