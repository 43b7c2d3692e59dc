import type { OncogenicityFacts } from '../../../knowledge/tumor/oncogenicity-evidence.ts'
import type { OncogenicityRules } from '../../../knowledge/tumor/oncogenicity-sop.ts'
import type { CriterionFact } from '../../finding/germline.ts'
import type { OncogenicityCode, OncogenicityCriterion } from '../../finding/tumor.ts'
import type { SomaticEvidence } from '../evidence.ts'

/** What became of a code, before its points are known. */
export type Verdict = Omit<OncogenicityCriterion, 'code' | 'points'>

/** One code as a function of the evidence. */
export type CodeAssessor = (evidence: SomaticEvidence, facts: OncogenicityFacts) => Verdict

export function met(because: string, facts: readonly CriterionFact[]): Verdict {
  return { state: 'met', because, facts, missing: [] }
}

export function notMet(because: string, facts: readonly CriterionFact[] = []): Verdict {
  return { state: 'not-met', because, facts, missing: [] }
}

/** `missing`: what would have to be known. */
export function notAssessed(missing: string, facts: readonly CriterionFact[] = []): Verdict {
  return {
    state: 'not-assessed',
    because: `Not assessed, because ${missing} is not known.`,
    facts,
    missing: [missing],
  }
}

export function notUsed(because: string, facts: readonly CriterionFact[] = []): Verdict {
  return { state: 'not-used', because, facts, missing: [] }
}

export function criterionOf(
  code: OncogenicityCode,
  verdict: Verdict,
  rules: OncogenicityRules,
): OncogenicityCriterion {
  return { code, points: verdict.state === 'met' ? rules.points(code) : 0, ...verdict }
}
