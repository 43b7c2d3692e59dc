import type { AcmgCriteria } from '../../knowledge/acmg/criteria.ts'
import type { OncogenicityFacts } from '../../knowledge/tumor/oncogenicity-evidence.ts'
import type { OncogenicityRules } from '../../knowledge/tumor/oncogenicity-sop.ts'
import type { OncogenicityCode, OncogenicityCriterion, TumorFinding } from '../finding/tumor.ts'
import { computed, sbp2 } from './codes/computed.ts'
import { om1 } from './codes/domain.ts'
import { om4, os1 } from './codes/established.ts'
import { os2, sbs2 } from './codes/functional.ts'
import { hotspot } from './codes/hotspot.ts'
import { op4, sbs1, sbvs1 } from './codes/population.ts'
import { om2, ovs1 } from './codes/protein-loss.ts'
import { op2 } from './codes/single-cause.ts'
import { criterionOf, type Verdict } from './codes/verdict.ts'
import { inUsualNumbering, type SomaticEvidence } from './evidence.ts'
import { oncogenicityOf } from './oncogenicity.ts'

type Assess = (evidence: SomaticEvidence, facts: OncogenicityFacts, scores: AcmgCriteria) => Verdict

const ASSESSORS: readonly (readonly [OncogenicityCode, Assess])[] = [
  ['OVS1', ovs1],
  ['OS1', os1],
  ['OS2', os2],
  ['OS3', (evidence, facts) => hotspot(evidence, facts, 'OS3')],
  ['OM1', om1],
  ['OM2', om2],
  ['OM3', (evidence, facts) => hotspot(evidence, facts, 'OM3')],
  ['OM4', om4],
  ['OP1', (evidence, facts, scores) => computed(evidence, facts, scores, 'OP1')],
  ['OP2', op2],
  ['OP3', (evidence, facts) => hotspot(evidence, facts, 'OP3')],
  ['OP4', op4],
  ['SBVS1', sbvs1],
  ['SBS1', sbs1],
  ['SBS2', sbs2],
  ['SBP1', (evidence, facts, scores) => computed(evidence, facts, scores, 'SBP1')],
  ['SBP2', sbp2],
]

/** Each of the 17 codes: met, not met, or not assessed with what is missing. */
export function assessOncogenicity(
  given: SomaticEvidence,
  facts: OncogenicityFacts,
  rules: OncogenicityRules,
  scores: AcmgCriteria,
): OncogenicityCriterion[] {
  const evidence = { ...given, variant: inUsualNumbering(given.variant, facts.usual) }
  return ASSESSORS.map(([code, assess]) => criterionOf(code, assess(evidence, facts, scores), rules))
}

/** One variant of one tumour with its codes and class. */
export function tumorFinding(
  sample: string | undefined,
  evidence: SomaticEvidence,
  facts: OncogenicityFacts,
  rules: OncogenicityRules,
  scores: AcmgCriteria,
): TumorFinding {
  return {
    kind: 'tumor',
    sample,
    variant: evidence.variant,
    oncogenicity: oncogenicityOf(assessOncogenicity(evidence, facts, rules, scores), rules),
    facts: [rules.pack, scores.pack],
  }
}
