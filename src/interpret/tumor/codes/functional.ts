import type { OncogenicityFacts } from '../../../knowledge/tumor/oncogenicity-evidence.ts'
import { type SomaticEvidence, shortChange } from '../evidence.ts'
import { noncodingRule } from './noncoding.ts'
import { type CodeAssessor, met, notAssessed, notMet, type Verdict } from './verdict.ts'

function resultsOf({ variant, functional }: SomaticEvidence, facts: OncogenicityFacts) {
  const change = shortChange(variant)
  const known =
    change === undefined || variant.gene === undefined ? [] : facts.functional(variant.gene, change)
  const noncoding = noncodingRule(variant, 'OS2', facts)
  return [
    ...(functional ?? []),
    ...known,
    ...(noncoding === undefined ? [] : [{ ...noncoding.fact, oncogenic: true }]),
  ]
}

function verdict(evidence: SomaticEvidence, facts: OncogenicityFacts, oncogenic: boolean): Verdict {
  const results = resultsOf(evidence, facts)
  if (results.length === 0) return notAssessed('the result of a functional study of this change')
  const told = results.map(({ what, source }) => ({ what, source }))
  if (results.some((one) => one.oncogenic !== results[0]!.oncogenic))
    return notMet('Functional studies contradict each other: none is counted.', told)
  if (results[0]!.oncogenic !== oncogenic)
    return notMet(
      oncogenic ? 'Functional studies show no effect.' : 'Functional studies show an effect.',
      told,
    )
  return met(
    oncogenic ? 'Functional studies show an oncogenic effect.' : 'Functional studies show no effect.',
    told,
  )
}

/** OS2: well-established functional studies show an oncogenic effect. */
export const os2: CodeAssessor = (evidence, facts) => verdict(evidence, facts, true)

/** SBS2: well-established functional studies show none. */
export const sbs2: CodeAssessor = (evidence, facts) => verdict(evidence, facts, false)
