import type { OncogenicityFacts } from '../../../knowledge/tumor/oncogenicity-evidence.ts'
import { effectOf, type SomaticEvidence, shortChange } from '../evidence.ts'
import { noncodingRule } from './noncoding.ts'
import { met, notAssessed, notMet, type Verdict } from './verdict.ts'

/**
 * OS3, OM3 and OP3 ask one question: how many samples have a change of this residue, and this very change. Exactly one of
 * them is met at a hotspot; a change that was never seen there has fewer than 10 samples, which is OP3. A hotspot made by
 * truncations says little of a missense change (the caution of the standard, table 2): their samples are not counted for it. Where cancerhotspots.org
 * covers a cancer poorly, as it does blood cancers, the standard takes a series of that cancer beside it.
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
  if (change === undefined || variant.gene === undefined) return notAssessed(MISSING)
  const table = hotspots?.count(variant.gene, change)
  const series = facts.series(variant.gene, /^[A-Z]\d+/.exec(change)?.[0] ?? '')
  const ofSeries = series?.change?.name === change ? series.change.samples : 0
  if (hotspots === undefined && ofSeries === 0)
    return notAssessed(MISSING, series === undefined ? [] : [series.fact])
  if (table === undefined && series === undefined) return notMet('The residue is not in the hotspot table.')
  const left = truncates ? 0 : (table?.truncating ?? 0)
  // Table and series looked at other tumours, so each tells the least that there are; they are not added.
  const residue = Math.max((table?.residue ?? 0) - left, series?.samples ?? 0)
  const same = Math.max(table?.change ?? 0, ofSeries)
  const found = [
    ...(table === undefined || hotspots === undefined
      ? []
      : [
          {
            what: `${variant.gene} ${change}: ${table.change} samples with this change, ${table.residue - left} at the residue${left === 0 ? '' : `, ${left} more with truncations, which are not counted`}`,
            source: hotspots.source,
          },
        ]),
    ...(series === undefined ? [] : [series.fact]),
  ]
  // Where truncations made the hotspot, nothing recurs that a rare missense change could share.
  if (left >= residue && same < facts.threshold('hotspot-change'))
    return notMet('A hotspot that truncations made.', found)
  return codeOf(residue, same, facts) === code
    ? met(`Hotspot: ${same} samples with this change, ${residue} at the residue.`, found)
    : notMet('The counts are in the range of another hotspot code.', found)
}

const MISSING = 'how often the residue is changed in tumours (a hotspot table, --hotspots)'

function codeOf(residue: number, change: number, facts: OncogenicityFacts): 'OS3' | 'OM3' | 'OP3' {
  if (change < facts.threshold('hotspot-change')) return 'OP3'
  return residue >= facts.threshold('hotspot-residue') ? 'OS3' : 'OM3'
}
