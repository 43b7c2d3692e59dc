import type { HeaderModel } from './header-model.ts'
import type { RuleId } from './rules.ts'

/** A record under check: its columns, and where to report. */
export interface RecordUnderCheck {
  readonly line: number
  readonly columns: readonly string[]
  readonly header: HeaderModel
  readonly position: number
  /** ALT alleles; none when ALT is ".". */
  readonly alternates: readonly string[]
  report(rule: RuleId, column: string, field: string | undefined, what: () => string): void
}
