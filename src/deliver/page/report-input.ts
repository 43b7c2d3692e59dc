import type { Plan } from '../../decide/plan.ts'
import type { PgxFinding } from '../../interpret/finding.ts'
import type { PatientRecord } from '../../record/patient-record.ts'

/** Everything that the clinician report is made of. Nothing else is read: same input, same bytes. */
export interface ReportInput {
  readonly record: PatientRecord
  readonly findings: readonly PgxFinding[]
  readonly plan: Plan
  /** Date of the report, YYYY-MM-DD. */
  readonly reportedOn: string
  /** What the fact packs of the plan are, where known; a pack without a line is still printed by id and version. */
  readonly packs: readonly PackLine[]
  /** Options of the run that the record does not hold, e.g. ["--population EUR"]; printed in the command that repeats it. */
  readonly options?: readonly string[]
  /** English of the codes of populations and indications; without it the codes themselves are printed, as words. */
  readonly words?: PopulationCodes
  /** What the law asks to be said to whoever receives it. */
  readonly notice?: string
}

/** One fact pack as the report names it. */
export interface PackLine {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly licence: string
}

/** English of the codes that say who a recommendation is meant for, e.g. from the installed list of codes. */
export interface PopulationCodes {
  say(kind: 'population' | 'indication', code: string): string | undefined
}
