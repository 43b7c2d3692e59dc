import type { ScoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { SomaticVariant, TumorProfile } from '../../../record/tumor-profile.ts'
import { howMany } from '../../../terms/how-many.ts'
import type { MicrosatelliteAdvisory } from '../../finding/tumor-scores.ts'
import { codingEffectOf } from '../burden/coding-effect.ts'
import { hasMatchedNormal } from '../burden/count.ts'
import { residueOf } from '../evidence.ts'

/** What the pattern of somatic calls looks like, or what is missing to look. */
export function microsatelliteAdvisory(
  profile: TumorProfile,
  facts: ScoreFacts,
): MicrosatelliteAdvisory | { readonly missing: string } {
  const calls = profile.variants.filter(
    ({ place, origin }) => place !== undefined && origin !== 'germline' && /^([ACGTN]+|-)$/i.test(place.alt),
  )
  const least = facts.threshold('msi-calls')
  if (hasMatchedNormal(profile) !== true)
    return { missing: 'calls with a matched normal: inherited indels would blur the pattern' }
  if (calls.length < least)
    return { missing: `at least ${least} somatic calls with place and alleles; there are ${calls.length}` }
  const indelShare =
    calls.filter(({ place }) => bases(place!.ref) !== bases(place!.alt)).length / calls.length
  const perMegabase = burdenOf(profile, calls)
  const genes = calls.flatMap((variant) => repairNote(variant, facts))
  const burden = facts.threshold('msi-burden')
  const because = [
    `${percent(indelShare)} of ${howMany(calls.length, 'call')} are insertions or deletions.`,
    ...(perMegabase === undefined
      ? ['How many megabases were called is not known, so the burden cannot be weighed.']
      : [`${perMegabase.toFixed(1)} calls per megabase.`]),
    ...genes.map((one) => `${one}.`),
  ]
  const polymerase = calls.some((variant) => inExonuclease(variant, facts))
  if (polymerase && perMegabase !== undefined && perMegabase >= facts.threshold('pole-burden'))
    because.push(
      'A change of the exonuclease domain with so many calls may be their cause without instability.',
    )
  if (indelShare === 0)
    because.push('Not one insertion or deletion: a caller that does not report them would look the same.')
  const looks =
    perMegabase !== undefined && perMegabase < burden
      ? 'stable'
      : indelShare >= facts.threshold('msi-indel-share') && perMegabase !== undefined && !polymerase
        ? 'unstable'
        : indelShare > 0 && indelShare < facts.threshold('msi-stable-share') && genes.length === 0
          ? 'stable'
          : 'unclear'
  return {
    label: 'advisory, not a test',
    looks,
    calls: calls.length,
    indelShare,
    perMegabase,
    genes,
    because,
  }
}

/** Calls per megabase that was called; else coding calls per coding megabase, where each call tells which it is. */
function burdenOf({ assay }: TumorProfile, calls: readonly SomaticVariant[]): number | undefined {
  if (assay?.calledMegabases !== undefined) return calls.length / assay.calledMegabases
  const effects = calls.map(codingEffectOf)
  if (assay?.codingMegabases === undefined || effects.includes(undefined)) return undefined
  return effects.filter((one) => one !== 'non-coding').length / assay.codingMegabases
}

/** A change of a mismatch repair gene or of the exonuclease domain of a polymerase, in words. */
function repairNote(variant: SomaticVariant, facts: ScoreFacts): string[] {
  const { gene } = variant
  const effect = codingEffectOf(variant)
  if (effect !== 'missense' && effect !== 'non-silent') return []
  const name = `${gene} ${variant.hgvsP ?? variant.hgvsC ?? ''}`.trimEnd()
  if (facts.listed('mismatch-repair', gene) !== undefined)
    return [`${name} ${effect === 'missense' ? 'changes' : 'may disable'} a mismatch repair gene`]
  return inExonuclease(variant, facts) ? [`${name} lies in the exonuclease domain`] : []
}

function inExonuclease(variant: SomaticVariant, facts: ScoreFacts): boolean {
  const domain = facts.listed('polymerase', variant.gene)?.residues
  const residue = residueOf(variant)
  if (domain === undefined || residue === undefined || codingEffectOf(variant) !== 'missense') return false
  return residue >= domain[0] && residue <= domain[1]
}

/** A MAF writes an allele without bases as "-". */
function bases(allele: string): number {
  return allele === '-' ? 0 : allele.length
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
