import type { ListedGene, ScoreFacts } from '../../../knowledge/tumor/score-facts.ts'
import type { SomaticVariant, TumorProfile } from '../../../record/tumor-profile.ts'
import type { VariantOrigin } from '../../finding/tumor-scores.ts'
import { codingEffectOf } from '../burden/coding-effect.ts'
import { hasMatchedNormal } from '../burden/count.ts'
import { inNormal } from '../burden/inherited.ts'
import { cellFraction } from './cell-fraction.ts'
import { type LocusOf, locusOf } from './locus-of.ts'
import { weighOrigins } from './weigh.ts'

const LISTS = ['germline-any-tumour', 'germline-actionable', 'germline-rare'] as const

/** Where the protein-changing variants of a tumour come from, and in which share of its cells they lie. */
export function variantOrigins(profile: TumorProfile, facts: ScoreFacts): VariantOrigin[] {
  const setting = { facts, paired: hasMatchedNormal(profile) === true, locusOf: locusOf(profile) }
  return profile.variants
    .filter((variant) => {
      const effect = codingEffectOf(variant)
      return effect === 'missense' || effect === 'non-silent'
    })
    .map((variant) => variantOrigin(variant, setting))
}

/** What the variants of one tumour have in common. */
interface Setting {
  readonly facts: ScoreFacts
  /** A matched normal was read. */
  readonly paired: boolean
  readonly locusOf: LocusOf
}

/** One variant: inherited or somatic by its reads, and whether a sample of blood should be tested. */
function variantOrigin(variant: SomaticVariant, setting: Setting): VariantOrigin {
  const judged = judge(variant, setting)
  const confirmed = confirmation(variant, setting, judged.state)
  return {
    variant,
    ...judged,
    confirm: confirmed.confirm,
    because: [...judged.because, ...confirmed.because],
    wouldChange: confirmed.confirm ? ['a test of blood or saliva, after counselling'] : [],
  }
}

type Judged = Pick<VariantOrigin, 'state' | 'models' | 'cellFraction' | 'because' | 'missing'>

function judge(variant: SomaticVariant, { facts, paired, locusOf: locusAt }: Setting): Judged {
  const none = { models: [], cellFraction: undefined, missing: [] }
  if (variant.origin === 'germline')
    return { ...none, state: 'germline', because: ['The laboratory calls it inherited.'] }
  if (variant.origin !== 'somatic' && inNormal(variant, facts))
    return {
      ...none,
      state: 'germline',
      because: [
        `The normal sample carries it in ${Math.round(variant.normal!.fraction! * 100)} % of ${variant.normal!.depth} reads.`,
      ],
    }
  const locus = locusAt(variant)
  const { fraction, depth } = variant.tumor ?? {}
  const reads =
    fraction === undefined || depth === undefined || !(depth > 0) || !(fraction >= 0 && fraction <= 1)
      ? undefined
      : { carrying: Math.round(fraction * depth), depth }
  const cells = 'missing' in locus || reads === undefined ? undefined : cellFraction(locus, reads)
  if (paired || variant.origin === 'somatic')
    return {
      ...none,
      state: 'somatic',
      cellFraction: cells,
      because: [
        variant.origin === 'somatic'
          ? 'The laboratory calls it somatic.'
          : 'A matched normal was read beside the tumour, and the call is one of the tumour.',
      ],
      missing: cells === undefined && 'missing' in locus ? [`for the share of cells: ${locus.missing}`] : [],
    }
  if ('missing' in locus || reads === undefined)
    return {
      ...none,
      state: 'unknown',
      because: [...saysCaller(variant), 'Whether it is inherited cannot be weighed by its reads.'],
      missing: [
        ...('missing' in locus ? [locus.missing] : []),
        ...(reads === undefined ? ['how many reads carry it, of how many'] : []),
      ],
    }
  const { models, logRatio } = weighOrigins(
    locus,
    reads,
    facts.threshold('origin-overdispersion'),
    facts.threshold('origin-read-error'),
  )
  const ratio = Math.log(facts.threshold('origin-ratio'))
  const state = logRatio >= ratio ? 'germline' : logRatio <= -ratio ? 'somatic' : 'either'
  const [best] = models
  return {
    state,
    models: models.slice(0, 5),
    cellFraction: cells,
    because: [
      ...saysCaller(variant),
      `${reads.carrying} of ${reads.depth} reads at purity ${locus.purity} and ${locus.total} copies: best explained as ${best!.what} (expected ${best!.expected.toFixed(2)}).`,
      state === 'either'
        ? 'Neither origin is much likelier than the other.'
        : `${state === 'germline' ? 'Inherited' : 'Somatic'} is ${times(Math.abs(logRatio))} times likelier by the reads alone.`,
    ],
    missing: locus.minor === undefined ? ['copies of the rarer allele'] : [],
  }
}

function saysCaller({ tagged }: SomaticVariant): readonly string[] {
  return tagged === undefined
    ? []
    : ['Its caller, without a normal sample, takes it for inherited by population data.']
}

function times(log: number): string {
  return log > Math.log(1000) ? 'more than 1000' : Math.exp(log).toFixed(0)
}

/** Follow-up after the recommendations of ESMO: by gene, rarity, and allele fraction. */
function confirmation(
  variant: SomaticVariant,
  { facts, paired }: Setting,
  state: VariantOrigin['state'],
): { readonly confirm: boolean; readonly because: readonly string[] } {
  const lists = LISTS.flatMap((list) => {
    const gene = facts.listed(list, variant.gene)
    return gene === undefined ? [] : [{ list, gene }]
  })
  const [first] = lists
  if (first === undefined) return { confirm: false, because: [] }
  const { gene, list } = first
  if (variant.origin === 'germline' || variant.tagged !== undefined)
    return { confirm: true, because: [whyListed(gene, list)] }
  if (variant.origin === 'somatic' || (paired && state !== 'germline')) return { confirm: false, because: [] }
  const frequency = variant.annotation?.population?.frequency
  if (frequency !== undefined && frequency >= facts.threshold('germline-population'))
    return { confirm: false, because: ['It is too frequent in populations to be followed up.'] }
  if (variant.called === 'harmless')
    return { confirm: false, because: ['The laboratory calls it benign or likely benign.'] }
  const { fraction } = variant.tumor ?? {}
  const floor = facts.threshold(isSubstitution(variant) ? 'germline-fraction-snv' : 'germline-fraction-indel')
  if (fraction !== undefined && fraction < floor && state !== 'germline' && state !== 'either')
    return { confirm: false, because: [`Its allele fraction is below ${floor}.`] }
  if (state === 'somatic' && list !== 'germline-any-tumour')
    return { confirm: false, because: ['The reads speak for a somatic change.'] }
  return {
    confirm: true,
    because: [
      whyListed(gene, list),
      ...(codingEffectOf(variant) === 'missense' && variant.called !== 'harmful'
        ? ['A missense change is followed up only where it is pathogenic or likely pathogenic.']
        : []),
      ...(state === 'somatic'
        ? ['The reads speak for a somatic change, but this gene is followed up in every tumour.']
        : []),
    ],
  }
}

function whyListed(gene: ListedGene, list: (typeof LISTS)[number]): string {
  const what = {
    'germline-any-tumour': 'is followed up in every tumour',
    'germline-actionable': 'may be followed up',
    'germline-rare': 'is seldom inherited when seen in a tumour',
  }[list]
  return `${gene.gene} ${what} (${gene.source}).`
}

function isSubstitution({ place, hgvsP }: SomaticVariant): boolean {
  if (place !== undefined)
    return place.ref.length === place.alt.length && place.ref !== '-' && place.alt !== '-'
  return !/fs|del|ins|dup/.test(hgvsP ?? '')
}
