import type { TumorMarker, TumorProfile } from '../../record/tumor-profile.ts'
import type { CategoryMatch } from './category.ts'
import type { Marker } from './marker.ts'

/**
 * A marker of the whole tumour beside what its laboratory measured. One that was not measured is unknown; two measurements
 * that contradict each other are unknown too, and both are named.
 */
export function matchMarker(profile: TumorProfile, marker: Marker): CategoryMatch {
  const readings = (profile.markers ?? []).flatMap((one) => {
    const fits = fitsOf(one, marker)
    return fits === undefined ? [] : [{ fits, text: textOf(one) }]
  })
  const extra = fromGenes(profile, marker)
  const unstained = (profile.markers ?? []).find((one) => isUnstained(one, marker))
  if (unstained !== undefined)
    return unknown([textOf(unstained)], ['whether any membrane is stained: HER2 ultralow, or none'])
  if (extra !== undefined && readings.some(({ fits }) => !fits))
    return unknown(
      [
        `measurements contradict each other: ${[...readings.map(({ text }) => text), ...extra.because].join(', ')}`,
      ],
      ['in-situ hybridisation of HER2'],
    )
  const unscored = (profile.markers ?? []).find((one) => isUnscored(one, marker))
  if (readings.length === 0 && unscored !== undefined)
    return unknown([textOf(unscored)], ['which score of HER2 it was: 0, 1+, or 2+ without amplification'])
  if (readings.length === 0)
    return (
      extra ??
      unknown([`${nameOf(marker)} was not tested`], [`${nameOf(marker)}${otherScale(profile, marker)}`])
    )
  const texts = readings.map(({ text }) => text)
  if (readings.some(({ fits }) => fits !== readings[0]!.fits))
    return unknown(
      [`measurements contradict each other: ${texts.join(', ')}`],
      [`which holds: ${texts.join(' or ')}`],
    )
  return readings[0]!.fits ? met(texts) : notMet(texts)
}

/**
 * What a score on another scale says of one that a label asks for: it never stands in for it, because scores of one antibody and of
 * one way to count are what was tried, and it says whether the stain is worth repeating.
 */
function otherScale({ markers = [] }: TumorProfile, marker: Marker): string {
  if (marker.kind !== 'protein-score') return ''
  for (const one of markers) {
    if (one.kind !== 'protein' || one.protein !== marker.protein || one.score === undefined) continue
    const { scale, value } = one.score
    const [has, asked] = [TUMOUR_CELLS.has(scale), TUMOUR_CELLS.has(marker.scale)]
    if (has && asked)
      return `: ${scale} ${value} is on record, the same share of tumour cells by another name`
    // CPS counts immune cells on top of the stained tumour cells.
    if (has && marker.scale === 'CPS') return `: ${scale} ${value} is on record, and CPS is never lower`
    if (asked && scale === 'CPS') return `: CPS ${value} is on record, and ${marker.scale} is never higher`
  }
  return ''
}
const TUMOUR_CELLS: ReadonlySet<string> = new Set(['TPS', 'TC'])

/** What an assay of genes says of a protein that nobody stained. */
function fromGenes({ copyNumbers }: TumorProfile, marker: Marker): CategoryMatch | undefined {
  if (marker.kind !== 'protein' || marker.protein !== 'HER2' || marker.status !== 'positive') return undefined
  const call = copyNumbers.find(({ gene }) => gene === 'ERBB2')
  return call?.call === 'amplification' ? met(['ERBB2 amplification']) : undefined
}

/** IHC 0 holds both faint staining of few cells (ultralow) and none. */
function isUnstained(one: TumorMarker, marker: Marker): boolean {
  return (
    marker.kind === 'protein' &&
    marker.protein === 'HER2' &&
    marker.status === 'ultralow' &&
    one.kind === 'protein' &&
    one.protein === 'HER2' &&
    one.status === 'negative' &&
    one.score?.scale === 'IHC'
  )
}

/** "HER2 negative" without its score holds 0, 1+ and 2+ without amplification: it does not speak of low and ultralow. */
function isUnscored(one: TumorMarker, marker: Marker): boolean {
  return (
    marker.kind === 'protein' &&
    marker.protein === 'HER2' &&
    /low$/.test(marker.status) &&
    one.kind === 'protein' &&
    one.protein === 'HER2' &&
    one.status === 'negative' &&
    one.score === undefined
  )
}

/** Whether a measurement fits; undefined: it does not speak of this. */
function fitsOf(one: TumorMarker, marker: Marker): boolean | undefined {
  switch (marker.kind) {
    case 'mutational-burden':
      return one.kind === 'mutational-burden' ? one.perMegabase >= marker.least : undefined
    case 'microsatellites-high':
      return one.kind === 'microsatellites' ? one.status === 'high' : undefined
    case 'mismatch-repair':
      return one.kind === 'mismatch-repair' ? one.status === marker.status : undefined
    case 'homologous-recombination-deficient':
      return one.kind === 'homologous-recombination' && one.status !== undefined
        ? one.status === 'deficient'
        : undefined
    case 'protein-score':
      return one.kind === 'protein' &&
        one.protein === marker.protein &&
        one.score !== undefined &&
        one.score.scale === marker.scale
        ? one.score.value >= marker.least
        : undefined
    case 'protein': {
      if (one.kind !== 'protein' || one.protein !== marker.protein || one.status === undefined)
        return undefined
      if (isUnscored(one, marker)) return undefined
      // A tumour that is HER2 low or ultralow counts as negative where a label asks for positive or negative; a receptor that is
      // low is positive (1 to 10 % of nuclei, ASCO/CAP 2020).
      const isLowReceptor = one.status === 'low' && /^(ER|PR)$/.test(one.protein)
      const twoWay = one.status === 'positive' || isLowReceptor ? 'positive' : 'negative'
      return marker.status === 'positive' || marker.status === 'negative'
        ? twoWay === marker.status
        : one.status === marker.status
    }
    case 'arm-deletion':
      return one.kind === 'arm' && one.arm === marker.arm ? one.change === 'deletion' : undefined
  }
}

/**
 * Results of mismatch repair and of microsatellites that should agree and do not, as their readings are written. A label that
 * takes either is met by one of them, and the other is a reason to doubt it.
 */
export function discordantReadings({ markers = [] }: TumorProfile): readonly (readonly [string, string])[] {
  const unstable = markers.map((one) => [one, unstableBy(one)] as const)
  return unstable.flatMap(([one, is]) =>
    is !== true
      ? []
      : unstable.flatMap(([other, isToo]) =>
          isToo === false && other.kind !== one.kind ? [[textOf(one), textOf(other)] as const] : [],
        ),
  )
}

/** Whether a result says that microsatellites are unstable; MSI-L counts as stable for therapy. */
function unstableBy(one: TumorMarker): boolean | undefined {
  if (one.kind === 'microsatellites') return one.status === 'high'
  return one.kind === 'mismatch-repair' ? one.status === 'deficient' : undefined
}

/** The marker as its test would be ordered. */
function nameOf(marker: Marker): string {
  switch (marker.kind) {
    case 'mutational-burden':
      return 'tumour mutational burden'
    case 'microsatellites-high':
      return 'microsatellite instability'
    case 'mismatch-repair':
      return 'mismatch repair proteins'
    case 'homologous-recombination-deficient':
      return 'homologous recombination deficiency'
    case 'protein-score':
      return `${marker.protein} ${marker.scale}`
    case 'protein':
      return `${marker.protein} status`
    case 'arm-deletion':
      return `deletion of ${marker.arm}`
  }
}

function textOf(one: TumorMarker): string {
  const by = one.assay === undefined ? '' : ` (${one.assay})`
  switch (one.kind) {
    case 'mutational-burden':
      return `${one.perMegabase} mutations per megabase${by}`
    case 'microsatellites':
      return `microsatellites ${one.status}${by}`
    case 'mismatch-repair':
      return `mismatch repair ${one.status}${by}`
    case 'homologous-recombination':
      return `homologous recombination ${one.status}${by}`
    case 'protein':
      return `${[one.protein, one.status, one.score && `${one.score.scale} ${one.score.value}`].filter(Boolean).join(' ')}${by}`
    case 'arm':
      return `${one.arm} ${one.change === 'none' ? 'without deletion' : one.change}${by}`
  }
}

const met = (because: readonly string[]): CategoryMatch => ({ state: 'met', because, missing: [] })
const notMet = (because: readonly string[]): CategoryMatch => ({ state: 'not-met', because, missing: [] })
const unknown = (because: readonly string[], missing: readonly string[]): CategoryMatch => ({
  state: 'unknown',
  because,
  missing,
})
