import type { OncogenicityFacts } from '../../../knowledge/tumor/oncogenicity-evidence.ts'
import { effectOf, type SomaticEvidence, shortChange } from '../evidence.ts'
import { noncodingRule } from './noncoding.ts'
import { met, notAssessed, notMet, type Verdict } from './verdict.ts'

/**
 * OS3, OM3 and OP3 ask one question: how many samples have a change of this residue, and this very change. Exactly one of
 * them is met at a hotspot; a change that was never seen there has fewer than 10 samples, which is OP3. A hotspot made by
 * truncations says little of a missense change (the caution of the standard, table 2): their samples are not counted for it.
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
  const change = shortChange(variant)
  const truncates = kind === 'null' && change?.endsWith('*') === true
  if (kind !== 'missense' && kind !== 'inframe' && !truncates)
    return notMet('No missense, in-frame or nonsense change.')
  if (hotspots === undefined || change === undefined || variant.gene === undefined)
    return notAssessed('how often the residue is changed in tumours (a hotspot table, --hotspots)')
  const count = hotspots.count(variant.gene, change)
  if (count === undefined) return notMet('The residue is not in the hotspot table.')
  const left = truncates ? 0 : count.truncating
  const residue = count.residue - left
  const found = {
    what: `${variant.gene} ${change}: ${count.change} samples with this change, ${residue} at the residue${left === 0 ? '' : `, ${left} more with truncations, which are not counted`}`,
    source: hotspots.source,
  }
  // Where truncations made the hotspot, nothing recurs that a rare missense change could share.
  if (left >= residue && count.change < facts.threshold('hotspot-change'))
    return notMet('A hotspot that truncations made.', [found])
  return codeOf(residue, count.change, facts) === code
    ? met(`Hotspot: ${count.change} of ${residue} samples at the residue have this change.`, [found])
    : notMet('The counts are in the range of another hotspot code.', [found])
}

function codeOf(residue: number, change: number, facts: OncogenicityFacts): 'OS3' | 'OM3' | 'OP3' {
  if (change < facts.threshold('hotspot-change')) return 'OP3'
  return residue >= facts.threshold('hotspot-residue') ? 'OS3' : 'OM3'
}
