import { type Effect, effectOf } from '../../../interpret/tumor/tumor.ts'
import type { Covered } from '../../../record/tumor-profile.ts'
import type { ProfileAnswer } from './profile-answer.ts'
import { profileText } from './profile-text.ts'
import type { Section } from './section.ts'

/** The profile as it was understood: what came in, what was left out and why, what contradicts, what was not tested. */
export const profileSection: Section<ProfileAnswer> = {
  name: 'profile',
  answer({ received: { profile, parts, contradictions, notes } }) {
    const effects = profile.variants.map((variant) => ({ variant, effect: effectOf(variant).kind }))
    const proteinChanging = effects
      .filter(({ effect }) => changesProtein(effect))
      .map(({ variant }) => variant)
    const byEffect: Record<string, number> = {}
    for (const { effect } of effects) byEffect[effect] = (byEffect[effect] ?? 0) + 1
    return {
      assembly: profile.assembly,
      files: parts.map(({ file, format, content, records, leftOut, notes: said }) => ({
        file,
        format,
        content,
        records,
        leftOut,
        notes: said,
      })),
      counts: {
        variants: profile.variants.length,
        proteinChanging: proteinChanging.length,
        effectUnknown: byEffect['unknown'] ?? 0,
        byEffect: Object.fromEntries(Object.entries(byEffect).sort(([a], [b]) => (a < b ? -1 : 1))),
        genesWithCopyNumber: profile.copyNumbers.length,
        segments: profile.segments?.length ?? 0,
        ratios: profile.ratios?.length ?? 0,
        fusions: profile.fusions.length,
        expression: profile.expression?.length ?? 0,
      },
      proteinChanging,
      copyNumbers: profile.copyNumbers.filter(({ call }) => call !== 'neutral'),
      fusions: profile.fusions,
      markers: profile.markers ?? [],
      assay: profile.assay,
      purity: profile.purity,
      ploidy: profile.ploidy,
      tested: {
        variants: tested(profile.covered.variants),
        copyNumbers: tested(profile.covered.copyNumbers),
        fusions: tested(profile.covered.fusions),
      },
      contradictions,
      notes,
    }
  },
  text: profileText,
  gaps: ({ tested: { variants, copyNumbers, fusions }, contradictions, counts, files }) =>
    [variants, copyNumbers, fusions].includes('unknown') ||
    contradictions.length > 0 ||
    counts.effectUnknown > 0 ||
    files.some(({ leftOut }) => leftOut.length > 0),
}

function changesProtein(effect: Effect['kind']): boolean {
  return effect !== 'none' && effect !== 'synonymous' && effect !== 'unknown'
}

function tested(covered: Covered): readonly string[] | 'all' | 'unknown' {
  return covered === undefined ? 'unknown' : covered === 'all' ? 'all' : [...covered].sort()
}
