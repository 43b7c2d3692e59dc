import type { LabelMentions } from '../../knowledge/guideline/label-mention.ts'
import type { DrugAdvice } from '../plan.ts'
import { mentionSentences } from '../sentence/mention.ts'

/**
 * Adds what the FDA is known to say of genes for this drug where its text is not coded, or only in part and not for this
 * result. A completely coded entry without a matching rule says nothing about this person, and is left out.
 */
export function withMentions(advice: DrugAdvice, all: LabelMentions): DrugAdvice {
  const cited = new Set(advice.recommendations.map((one) => one.citation.url))
  const silent = all
    .forDrug(advice.drug.name)
    .filter((one) => one.content !== 'complete' && !cited.has(one.url))
  return silent.length === 0 ? advice : { ...advice, mentions: mentionSentences(silent) }
}
