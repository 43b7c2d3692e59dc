import type { ProteinPlaces } from '../../knowledge/tumor/protein-places.ts'
import {
  type Fusion,
  isCovered,
  type RejectedCall,
  type SomaticVariant,
  type TumorProfile,
} from '../../record/tumor-profile.ts'
import type { Category, CategoryLeaf, CategoryMatch } from './category.ts'
import { effectOf, shortChange } from './evidence.ts'
import { matchMarker } from './match-marker.ts'
import { expressionState } from './protein-stain.ts'
import { fitsSmall, type SmallCategory } from './small-variant-fit.ts'

/** Kleene's three-valued logic: an unknown part decides nothing, and is named only where it matters. */
export function matchCategory(
  profile: TumorProfile,
  category: Category,
  places: ProteinPlaces,
): CategoryMatch {
  switch (category.kind) {
    case 'not': {
      const one = matchCategory(profile, category.of, places)
      const state = one.state === 'unknown' ? 'unknown' : one.state === 'met' ? 'not-met' : 'met'
      return { ...one, state }
    }
    case 'and':
    case 'or': {
      const parts = category.of.map((one) => matchCategory(profile, one, places))
      const decides = category.kind === 'and' ? 'not-met' : 'met'
      const decided = parts.filter(({ state }) => state === decides)
      if (decided.length > 0)
        return { state: decides, because: decided.flatMap(({ because }) => because), missing: [] }
      const open = parts.filter(({ state }) => state === 'unknown')
      return {
        state: open.length > 0 ? 'unknown' : category.kind === 'and' ? 'met' : 'not-met',
        because: (open.length > 0 ? open : parts).flatMap(({ because }) => because),
        missing: open.flatMap(({ missing }) => missing),
      }
    }
    default:
      return 'gene' in category ? matchLeaf(profile, category, places) : matchMarker(profile, category)
  }
}

function matchLeaf(profile: TumorProfile, category: CategoryLeaf, places: ProteinPlaces): CategoryMatch {
  const { gene } = category
  switch (category.kind) {
    case 'copy-number': {
      const calls = profile.copyNumbers.filter((one) => one.gene === gene)
      const fits = calls.filter(
        ({ call }) => call === category.call || (category.call === 'loss' && call === 'deep-deletion'),
      )
      if (fits.length > 0) return met([`${gene} ${fits[0]!.call}`])
      return calls.length > 0
        ? notMet([`${gene} ${calls[0]!.call}`])
        : absent(profile, 'copyNumbers', gene, 'copy number')
    }
    case 'fusion': {
      const found = profile.fusions.filter(({ five, three }) => five === gene || three === gene)
      const other = category.partner
      const fits = found.filter(({ five, three }) => other === undefined || five === other || three === other)
      // The partner of which the join keeps the wrong end, where the source tells which comes first.
      const turned = ({ five, anyOrder }: Fusion) =>
        anyOrder !== true && (five === gene || five === other) ? places.threeEnd(five ?? '') : undefined
      const whole = fits.find(
        (one) => one.frame !== 'out-of-frame' && one.confidence !== 'low' && turned(one) === undefined,
      )
      const reverse = fits.find((one) => turned(one) !== undefined)
      if (whole === undefined && reverse !== undefined)
        return unknown(
          [
            `${fusionName(reverse)} begins with ${reverse.five}, whose ${turned(reverse)} lies behind the join`,
          ],
          [
            `whether ${reverse.five} is also joined the other way round (RNA, FISH or a stain of the protein)`,
          ],
        )
      const faint = fits.find((one) => one.frame !== 'out-of-frame' && one.confidence === 'low')
      if (whole === undefined && faint !== undefined)
        return unknown(
          [`${fusionName(faint)} was called with low confidence`],
          [`whether ${fusionName(faint)} is real (another method: RNA, FISH, or a stain of the protein)`],
        )
      if (whole === undefined && fits.length > 0)
        return unknown(
          [`${fusionName(fits[0]!)} is out of frame`],
          [`whether ${fusionName(fits[0]!)} makes a protein (RNA, or a stain of the protein)`],
        )
      if (whole !== undefined) {
        const name = fusionName(whole)
        return category.exons === undefined ? met([name]) : unknown([name], [`which exons ${name} joins`])
      }
      if (found.some(({ five, three }) => five === undefined || three === undefined))
        return unknown([`${gene} is joined to a gene that is not known`], [`the partner of ${gene}`])
      return absent(profile, 'fusions', gene, 'fusions')
    }
    case 'biallelic-loss':
      return biallelicLoss(profile, gene)
    case 'expression':
      return expressionState(profile, category)
    case 'loss-of-function': {
      const lost = profile.copyNumbers.find((one) => one.gene === gene && one.call === 'deep-deletion')
      return lost === undefined ? bySmallVariants(profile, category, places) : met([`${gene} ${lost.call}`])
    }
    case 'exon':
      if (category.what !== 'loss') return bySmallVariants(profile, category, places)
      return profile.copyNumbers.some((one) => one.gene === gene && one.call === 'deep-deletion')
        ? met([`${gene} deep-deletion`])
        : unknown(
            [`copy number of the exons of ${gene} is not known`],
            [
              `whether exon ${category.from}${category.to === category.from ? '' : `-${category.to}`} of ${gene} is missing whole`,
            ],
          )
    case 'wild-type': {
      const lost = profile.copyNumbers.find((one) => one.gene === gene && one.call === 'deep-deletion')
      if (lost !== undefined) return notMet([`${gene} ${lost.call}`])
      const mutated = bySmallVariants(profile, { kind: 'mutation', gene }, places)
      if (mutated.state === 'unknown') return mutated
      if (mutated.state === 'met') return { ...mutated, state: 'not-met' }
      return rejectedCalls(profile, { kind: 'mutation', gene }, places, 'any') ?? { ...mutated, state: 'met' }
    }
    default:
      return bySmallVariants(profile, category, places)
  }
}

/** A variant in the gene that fits decides; one that cannot be told leaves it open; none at all is a question of coverage. */
function bySmallVariants(
  profile: TumorProfile,
  category: SmallCategory,
  places: ProteinPlaces,
): CategoryMatch {
  const { gene } = category
  const inGene = profile.variants.filter((one) => one.gene === gene)
  const judged = inGene.map((variant) => ({
    name: nameOf(variant),
    fits: fitsSmall(variant, category, places),
  }))
  const found = judged.filter((one) => one.fits === true)
  if (found.length > 0) return met(found.map(({ name }) => name))
  const open = judged.filter((one) => typeof one.fits === 'string')
  if (open.length > 0)
    return unknown(
      open.map(({ name }) => name),
      open.map(({ name, fits: why }) => `${why} of ${name}`),
    )
  const rejected = rejectedCalls(profile, category, places, 'fitting')
  if (rejected !== undefined) return rejected
  const covered =
    category.kind === 'pathogenic'
      ? withoutHarm(
          profile,
          category,
          inGene.some((one) => fitsSmall(one, { ...category, origin: undefined }, places) === true),
        )
      : category.kind === 'place' && profile.covered.variants === 'all'
        ? unknown([`the place is not known to be covered`], [`whether the place of ${gene} was read`])
        : absent(profile, 'variants', category.kind === 'place' ? `${gene} promoter` : gene, 'small variants')
  return {
    ...covered,
    because: [...judged.map(({ name }) => `${name} is not of this kind`), ...covered.because],
  }
}

/**
 * A call that its caller did not trust is not there, and its gene is not surely without it. What is asked for by name is open where such a
 * call fits; wild type is open where any may be a mutation.
 */
function rejectedCalls(
  { rejected = NONE }: TumorProfile,
  category: SmallCategory,
  places: ProteinPlaces,
  which: 'fitting' | 'any',
): CategoryMatch | undefined {
  const open = (byGene(rejected).get(category.gene) ?? []).filter(({ variant }) => {
    const fits = fitsSmall(variant, category, places)
    return fits === true || (which === 'any' && fits !== false)
  })
  if (open.length === 0) return undefined
  return unknown(
    open.map(
      ({ variant, filter }) =>
        `${nameOf(variant)} was called and failed the filter ${filter}${readsOf(variant)}`,
    ),
    open.map(({ variant }) => `whether ${nameOf(variant)}, which was called and failed a filter, is real`),
  )
}

const NONE: readonly RejectedCall[] = []
const BY_GENE = new WeakMap<
  readonly RejectedCall[],
  ReadonlyMap<string | undefined, readonly RejectedCall[]>
>()

/** A file may hold ten thousands, and every category asks. */
function byGene(rejected: readonly RejectedCall[]): ReadonlyMap<string | undefined, readonly RejectedCall[]> {
  const there = BY_GENE.get(rejected)
  if (there !== undefined) return there
  const made = Map.groupBy(rejected, ({ variant }) => variant.gene)
  BY_GENE.set(rejected, made)
  return made
}

function readsOf({ tumor }: SomaticVariant): string {
  if (tumor === undefined) return ''
  const { fraction, depth } = tumor
  return fraction === undefined
    ? ''
    : `, ${Number((100 * fraction).toPrecision(2))} % of ${depth ?? 'its'} reads`
}

/**
 * No harmful change of this origin was found. That nobody was born with one is told by blood or saliva: a tumour that is compared with a normal
 * sample leaves inherited changes out, and none shows their large deletions and duplications. `other`: a laboratory found a harmful
 * change and says that it is of the other origin, so it looked at both.
 */
function withoutHarm(
  profile: TumorProfile,
  { gene, origin }: Extract<SmallCategory, { kind: 'pathogenic' }>,
  other: boolean,
): CategoryMatch {
  const { covered, assay, variants } = profile
  const isTested = other || (covered.germline !== undefined && isCovered(covered.germline, gene) === true)
  const open = (why: string) => unknown([why], [`a germline test of ${gene}`])
  if (origin === 'germline')
    return isTested
      ? notMet([`${gene} was tested in the germline: nothing of this kind`])
      : open(`${gene}: results of the tumour do not tell that nothing is inherited`)
  const ofTumour = absent(profile, 'variants', gene, 'small variants')
  const tellsInherited = isTested || variants.some((one) => one.origin === 'germline')
  return origin === undefined &&
    ofTumour.state === 'not-met' &&
    assay?.design === 'tumour-normal' &&
    !tellsInherited
    ? open(`${gene}: the assay leaves inherited changes out`)
    : ofTumour
}

/** Two hits: both copies deleted, or a truncation beside the loss of the other copy. Two truncations may lie on one copy. */
function biallelicLoss(profile: TumorProfile, gene: string): CategoryMatch {
  const copies = profile.copyNumbers.find((one) => one.gene === gene)?.call
  if (copies === 'deep-deletion') return met([`${gene} deep deletion`])
  const hits = profile.variants
    .filter((one) => one.gene === gene && effectOf(one).kind === 'null')
    .map(nameOf)
  if (hits.length > 0 && copies === 'loss') return met([...hits, `${gene} loss of a copy`])
  if (hits.length > 1)
    return unknown(hits, [`whether the ${hits.length} truncations of ${gene} are on different copies`])
  if (hits.length === 1 || copies === 'loss')
    return unknown(hits.length === 1 ? hits : [`${gene} loss of a copy`], [
      hits.length === 1
        ? `the other copy of ${gene} (loss, or a copy-neutral loss)`
        : `a second hit of ${gene} that is not a truncation`,
    ])
  const variants = absent(profile, 'variants', gene, 'small variants')
  const deletions =
    copies === undefined ? absent(profile, 'copyNumbers', gene, 'copy number') : notMet([`${gene} ${copies}`])
  return {
    state: variants.state === 'unknown' || deletions.state === 'unknown' ? 'unknown' : 'not-met',
    because: [...variants.because, ...deletions.because],
    missing: [...variants.missing, ...deletions.missing],
  }
}

/** Nothing found: not there only where it was looked for, and never by plasma alone (the tumour may shed too little). */
function absent(
  { covered, assay }: TumorProfile,
  kind: 'variants' | 'copyNumbers' | 'fusions',
  gene: string,
  what: string,
): CategoryMatch {
  switch (isCovered(covered[kind], gene)) {
    case true:
      if (assay?.specimen === 'plasma')
        return unknown(
          [`${gene}: nothing of this kind was found in plasma, which does not exclude it`],
          [`a test of ${gene} for ${what} in tissue`],
        )
      return notMet([`${gene} was tested for ${what}: nothing of this kind`])
    case false:
      return unknown([`${gene} was not tested for ${what}`], [`a test of ${gene} for ${what}`])
    default:
      return unknown(
        [`nobody said whether ${gene} was tested for ${what}`],
        [`whether ${gene} was tested for ${what}`],
      )
  }
}

function fusionName({ five, three }: TumorProfile['fusions'][number]): string {
  return `${five ?? '?'}::${three ?? '?'}`
}

function nameOf(variant: SomaticVariant): string {
  const place =
    variant.place &&
    `${variant.place.chromosome}-${variant.place.position}-${variant.place.ref}-${variant.place.alt}`
  return `${variant.gene} ${shortChange(variant) ?? variant.hgvsP?.replace(/^.*p\./, '') ?? place ?? variant.consequences.join('&')}`
}

const met = (because: readonly string[]): CategoryMatch => ({ state: 'met', because, missing: [] })
const notMet = (because: readonly string[]): CategoryMatch => ({ state: 'not-met', because, missing: [] })
const unknown = (because: readonly string[], missing: readonly string[]): CategoryMatch => ({
  state: 'unknown',
  because,
  missing,
})
