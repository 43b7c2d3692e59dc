import type { AcmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import type { Criterion, CriterionCode, CriterionFact, Strength } from '../../finding/germline.ts'
import type { VariantEvidence } from '../evidence.ts'

/** One criterion as a function of the evidence. */
export type Assessor = (evidence: VariantEvidence, rules: AcmgCriteria) => Criterion

export function met(
  code: CriterionCode,
  strength: Strength,
  because: string,
  facts: readonly CriterionFact[],
): Criterion {
  return { code, state: 'met', strength, because, facts, missing: [] }
}

export function notMet(code: CriterionCode, because: string, facts: readonly CriterionFact[]): Criterion {
  return { code, state: 'not-met', strength: undefined, because, facts, missing: [] }
}

/** `missing`: what would have to be known. */
export function notAssessed(
  code: CriterionCode,
  missing: string,
  facts: readonly CriterionFact[] = [],
): Criterion {
  return {
    code,
    state: 'not-assessed',
    strength: undefined,
    because: `Not assessed, because ${missing} is not known.`,
    facts,
    missing: [missing],
  }
}

export function notUsed(
  code: CriterionCode,
  because: string,
  facts: readonly CriterionFact[] = [],
): Criterion {
  return { code, state: 'not-used', strength: undefined, because, facts, missing: [] }
}
