import type { Minor } from '../model/version.ts'
import { FILE_RULES } from './rules/file-rules.ts'
import { FIXED_RULES } from './rules/fixed-rules.ts'
import { HEADER_RULES } from './rules/header-rules.ts'
import { INFO_RULES } from './rules/info-rules.ts'
import { META_RULES } from './rules/meta-rules.ts'
import type { Rule, Weight } from './rules/rule.ts'
import { SAMPLE_RULES } from './rules/sample-rules.ts'

/** Every rule by its identifier. Identifiers never change; a rule that is dropped keeps its name unused. */
export const RULES = {
  ...FILE_RULES,
  ...META_RULES,
  ...HEADER_RULES,
  ...FIXED_RULES,
  ...INFO_RULES,
  ...SAMPLE_RULES,
} satisfies Record<string, Rule>

export type RuleId = keyof typeof RULES

export function ruleOf(id: RuleId): Rule {
  return RULES[id]
}

/** The weight of a rule in a file of this version. */
export function weightOf(id: RuleId, minor: Minor): Weight {
  const { weight, since = 1, until = 5 } = ruleOf(id)
  return weight === 'broken' && (minor < since || minor > until) ? 'advice' : weight
}

/** Advice that a later version took back. Asked when the version is known: the first line may break a rule before it says it. */
export function isOver(id: RuleId, minor: Minor): boolean {
  const { weight, until = 5 } = ruleOf(id)
  return weight === 'advice' && minor > until
}
