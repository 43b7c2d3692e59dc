import type { AcmgCriteria } from '../../../knowledge/acmg/criteria.ts'
import type { OncogenicityFacts } from '../../../knowledge/tumor/oncogenicity-evidence.ts'
import { effectOf, type SomaticEvidence, shortChange } from '../evidence.ts'
import { noncodingRule } from './noncoding.ts'
import { met, notAssessed, notMet, type Verdict } from './verdict.ts'

interface Line {
  readonly says: 'effect' | 'none' | 'unsure'
  readonly what: string
  readonly source: string
}

/** Scores at the calibrated cut-offs of germline evidence (Pejaver 2022), what panels said, and conservation among relatives. */
function linesOf(evidence: SomaticEvidence, facts: OncogenicityFacts, criteria: AcmgCriteria): Line[] {
  const { variant, scores } = evidence
  const noncoding = noncodingRule(variant, 'OP1', facts)
  const lines: Line[] = noncoding === undefined ? [] : [{ ...noncoding.fact, says: 'effect' }]
  if (effectOf(variant).kind !== 'missense') return lines
  for (const { tool, value, source } of scores ?? []) {
    const grade = criteria.grades(tool).find(({ from, to }) => value >= from && value <= to)
    lines.push({
      says: grade === undefined ? 'unsure' : grade.code === 'PP3' ? 'effect' : 'none',
      what: `${tool} ${value}`,
      source,
    })
  }
  const change = shortChange(variant)
  if (variant.gene !== undefined && change !== undefined)
    for (const { supports, what, source } of facts.computed(variant.gene, change))
      lines.push({ says: supports ? 'effect' : 'none', what, source })
  return lines
}

/** OP1 and SBP1: every line that was used says the same. One that is unsure or says otherwise is enough against both. */
export function computed(
  evidence: SomaticEvidence,
  facts: OncogenicityFacts,
  criteria: AcmgCriteria,
  code: 'OP1' | 'SBP1',
): Verdict {
  const lines = linesOf(evidence, facts, criteria)
  const { kind } = effectOf(evidence.variant)
  if (kind === 'null') return notMet('A null variant: a score of the protein says nothing.')
  if (lines.length === 0)
    return notAssessed(
      kind === 'missense'
        ? 'a computed score or the conservation of the residue'
        : 'a computed effect on splicing',
    )
  const told = lines.map(({ what, source }) => ({ what, source }))
  const wanted = code === 'OP1' ? 'effect' : 'none'
  return lines.every(({ says }) => says === wanted)
    ? met(`Every line of computational evidence that was used (${lines.length}) says so.`, told)
    : notMet('Not every line of computational evidence says so.', told)
}

/** SBP2: silent, no splice effect predicted, not conserved; the last two need scores that are not at hand. */
export function sbp2({ variant }: SomaticEvidence): Verdict {
  const { kind } = effectOf(variant)
  if (kind === 'unknown') return notAssessed('the consequence for the protein')
  if (kind !== 'synonymous') return notMet('Not a silent change.')
  return notAssessed('the predicted effect on splicing and the conservation of the base')
}
