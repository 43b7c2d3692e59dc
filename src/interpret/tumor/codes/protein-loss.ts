import { effectOf, residueOf, shortChange } from '../evidence.ts'
import { type CodeAssessor, met, notAssessed, notMet } from './verdict.ts'

/** OVS1: a null variant of a bona fide tumour suppressor; one that may escape decay is left to a person. */
export const ovs1: CodeAssessor = ({ variant }, facts) => {
  const effect = effectOf(variant)
  if (effect.kind === 'unknown') return notAssessed('the consequence for the protein')
  if (effect.kind !== 'null') return notMet('Not a null variant.')
  const what = { what: effect.what, source: 'consequence of the input' }
  const gene = variant.gene === undefined ? undefined : facts.role(variant.gene)
  if (gene === undefined) return notAssessed('whether the gene is a tumour suppressor', [what])
  const evidence = [what, gene.fact]
  if (gene.role === 'oncogene') return notMet('The gene is no tumour suppressor.', evidence)
  if (gene.role === 'by-context')
    return notAssessed('whether the gene acts as a tumour suppressor here', evidence)
  const harmless = facts.common(variant.gene!, shortChange(variant) ?? '')
  if (harmless !== undefined) return notMet('This null variant is known to be harmless.', [harmless])
  const { exon } = variant
  const last = exon !== undefined && exon.number === exon.of
  const [known, residue] = [facts.truncations(variant.gene!), residueOf(variant)]
  if (effect.truncates && known !== undefined && residue !== undefined) {
    const inside = residue >= known.from && residue <= known.to
    if (inside) return met(`Null variant (${effect.what}) of a tumour suppressor.`, [...evidence, known.fact])
    // Behind the stretch a messenger may still be decayed; only where the exon tells that it is not, or nothing does, is it open.
    if (last || exon === undefined || residue < known.from)
      return notAssessed('whether a truncation at this place takes the function away', [
        ...evidence,
        known.fact,
      ])
  }
  if (effect.truncates && last)
    return notAssessed(
      'whether the part lost in the last exon is needed, because the messenger is not decayed',
      evidence,
    )
  return met(`Null variant (${effect.what}) of a tumour suppressor.`, evidence)
}

/** OM2: the length of the protein changes in frame, or the stop of a tumour suppressor is lost. */
export const om2: CodeAssessor = ({ variant }, facts) => {
  const effect = effectOf(variant)
  if (effect.kind === 'unknown') return notAssessed('the consequence for the protein')
  if (effect.kind !== 'inframe' && effect.kind !== 'stop-lost')
    return notMet('No in-frame insertion or deletion, and no lost stop.')
  const gene = variant.gene === undefined ? undefined : facts.role(variant.gene)
  if (gene === undefined) return notAssessed('whether the gene is an oncogene or tumour suppressor')
  if (effect.kind === 'stop-lost' && gene.role === 'oncogene')
    return notMet('A lost stop counts in a tumour suppressor only.', [gene.fact])
  return met(
    effect.kind === 'inframe' ? 'In-frame insertion or deletion in a gene of cancer.' : 'Lost stop.',
    [gene.fact],
  )
}
