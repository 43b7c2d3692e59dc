import type { AssemblyName } from '../../../knowledge/assemblies.ts'
import type { ChromosomeArms } from '../../../knowledge/tumor/chromosome-arms.ts'
import type { ScoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { TumorProfile } from '../../../record/tumor-profile.ts'
import type { RecombinationScars } from '../../finding/tumor-scores.ts'
import { codingEffectOf } from '../burden/coding-effect.ts'
import { autosomes, lengthOf } from './allelic-segment.ts'
import { lossOfHeterozygosity } from './loss-of-heterozygosity.ts'
import { telomericImbalance } from './telomeric-imbalance.ts'
import { largeScaleTransitions } from './transitions.ts'

/**
 * Scars of deficient homologous recombination from allele-specific segments, and their sum beside the cut of the approved test. They are
 * counted as scarHRD defines them; the cut is that of another assay, so "above" is no test result.
 */
export function recombinationScars(
  profile: TumorProfile,
  assembly: AssemblyName | undefined,
  arms: ChromosomeArms,
  facts: ScoreFacts,
  /** Bases of a chromosome. */
  basesOf: (assembly: AssemblyName, chromosome: string) => number | undefined,
): RecombinationScars {
  const cut = facts.threshold('hrd-cut')
  const mega = (id: string) => facts.threshold(id) / 1e6
  const reported = (profile.markers ?? []).flatMap((marker) =>
    marker.kind === 'homologous-recombination'
      ? [{ assay: marker.assay, status: marker.status, score: marker.score }]
      : [],
  )
  const said = reported.map(
    ({ assay, status, score }) =>
      `The laboratory reports ${[status, score].filter((one) => one !== undefined).join(', ')}${assay === undefined ? ', by a test that it does not name' : ` by ${assay}`}.`,
  )
  const shared = { cut, reported }
  const brca = brcaNotes(profile)
  const none = { lossOfHeterozygosity: undefined, transitions: undefined, telomericImbalance: undefined }
  const segments = profile.segments ?? []
  const chromosomes = autosomes(segments)
  if (chromosomes.length === 0 || assembly === undefined)
    return {
      ...shared,
      ...none,
      state: 'unknown',
      sum: undefined,
      covered: undefined,
      because: [
        ...said,
        ...brca,
        segments.length === 0
          ? 'No segments of copy number were given.'
          : chromosomes.length > 0
            ? 'The build of the segments is not known, so the centromeres are not.'
            : 'The segments tell all copies but not those of the rarer allele; the scars need both.',
      ],
      missing: [
        chromosomes.length > 0
          ? 'the build of the segments'
          : 'allele-specific segments of the autosomes (major and minor copies)',
      ],
      wouldChange: ['allele-specific segments, or the approved test'],
    }
  const centromereOf = (chromosome: string) => arms.centromere(assembly, chromosome)
  const scars = {
    lossOfHeterozygosity: lossOfHeterozygosity(chromosomes, facts),
    transitions: largeScaleTransitions(chromosomes, centromereOf, facts),
    telomericImbalance: telomericImbalance(chromosomes, centromereOf, facts),
  }
  const sum = scars.lossOfHeterozygosity + scars.transitions + scars.telomericImbalance
  const covered = coveredShare(chromosomes, (chromosome) => basesOf(assembly, chromosome))
  const enough = covered >= facts.threshold('hrd-coverage')
  return {
    ...shared,
    ...scars,
    sum,
    covered,
    // What was not covered can only add scars.
    state: sum >= cut ? 'above' : enough ? 'below' : 'indeterminate',
    because: [
      ...said,
      ...brca,
      `HRD-LOH ${scars.lossOfHeterozygosity}, LST ${scars.transitions}, TAI ${scars.telomericImbalance}: sum ${sum}.`,
      `The cut of the approved test is ${facts.cited('hrd-cut')}; this sum was made from other data, so it is a hint and no test.`,
      `Telomeric imbalance counts from ${mega('hrd-imbalance-length')} Mb on here, in the approved test from ${mega('hrd-imbalance-approved')} Mb on: its sum can be lower.`,
      ...(enough
        ? []
        : [`The segments cover ${(covered * 100).toFixed(0)} % of the autosomes: scars may be missed.`]),
    ],
    missing: enough ? [] : ['allele-specific segments of the whole genome'],
    wouldChange: ['the approved test, or a deleterious change of BRCA1 or BRCA2'],
  }
}

/** Labels take a deleterious change of BRCA1 or BRCA2 as deficiency by itself, whatever the scars are. */
function brcaNotes({ variants }: TumorProfile): string[] {
  return variants
    .filter(
      (variant) =>
        (variant.gene === 'BRCA1' || variant.gene === 'BRCA2') &&
        variant.called !== 'harmless' &&
        (codingEffectOf(variant) === 'non-silent' || variant.called === 'harmful'),
    )
    .map(
      ({ gene, hgvsP, hgvsC }) =>
        `${[gene, hgvsP ?? hgvsC].filter((one) => one !== undefined).join(' ')}: if deleterious, labels count it as deficiency by itself.`,
    )
}

function coveredShare(
  chromosomes: ReturnType<typeof autosomes>,
  basesOf: (chromosome: string) => number | undefined,
): number {
  const all = Array.from({ length: 22 }, (_, at) => basesOf(String(at + 1)) ?? 0)
  const covered = chromosomes.reduce(
    (sum, { segments }) => sum + segments.reduce((more, one) => more + lengthOf(one), 0),
    0,
  )
  return Math.min(1, covered / all.reduce((sum, one) => sum + one, 0))
}
