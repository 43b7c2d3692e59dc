import type { Attribute } from '../model/structured-line.ts'
import type { HeaderModel } from './header-model.ts'
import type { RuleId } from './rules.ts'

/** One structured line whose pairs were read, with what its checks need. */
export interface MetaEntry {
  readonly key: string
  readonly line: number
  /** First value of each attribute. */
  readonly values: ReadonlyMap<string, Attribute>
  readonly header: HeaderModel
  report(rule: RuleId, field: string | undefined, what: () => string): void
}
