import type { OncogenicityFacts } from '../../../knowledge/tumor/oncogenicity-evidence.ts'
import { effectOf, type SomaticEvidence, shortChange } from '../evidence.ts'
import { noncodingRule } from './noncoding.ts'
import { met, notAssessed, notMet, type Verdict } from './verdict.ts'

/**
 * OS3, OM3 and OP3 ask one question: how many samples have a change of this residue, and this very change. Exactly one of
 * them is met at a hotspot. Hotspots made by truncating variants say nothing of a missense change; the table tells neither.
 */
export function hotspot(
  evidence: SomaticEvidence,
  facts: OncogenicityFacts,
  code: 'OS3' | 'OM3' | 'OP3',
): Verdict {
  const { variant, hotspots } = evidence
  const rule = noncodingRule(variant, code, facts)
  if (rule !== undefined)
    return met('Recurrent base change outside the protein, by its own rule.', [rule.fact])
  const { kind } = effectOf(variant)
  if (kind === 'unknown') return notAssessed('the consequence for the protein')
  if (kind !== 'missense' && kind !== 'inframe') return notMet('No missense or in-frame change.')
  const change = shortChange(variant)
  if (hotspots === undefined || change === undefined || variant.gene === undefined)
    return notAssessed('how often the residue is changed in tumours (a hotspot table)')
  const count = hotspots.count(variant.gene, change)
  if (count === undefined) return notMet('The residue is not in the hotspot table.')
  const found = {
    what: `${variant.gene} ${change}: ${count.change} samples with this change, ${count.residue} at the residue`,
    source: hotspots.source,
  }
  if (count.change === 0) return notMet('A hotspot, where this change was not seen.', [found])
  return codeOf(count, facts) === code
    ? met(`Hotspot: ${count.change} of ${count.residue} samples at the residue have this change.`, [found])
    : notMet('The counts are in the range of another hotspot code.', [found])
}

function codeOf(count: { residue: number; change: number }, facts: OncogenicityFacts): 'OS3' | 'OM3' | 'OP3' {
  if (count.change < facts.threshold('hotspot-change')) return 'OP3'
  return count.residue >= facts.threshold('hotspot-residue') ? 'OS3' : 'OM3'
}
