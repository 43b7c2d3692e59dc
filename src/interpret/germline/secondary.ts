import type { SecondaryDisease, SecondaryList, SecondaryRule } from '../../knowledge/acmg/secondary.ts'
import type { GermlineFinding } from '../finding/germline.ts'

/** One reportable variant of a gene as the rules of the list look at it. */
export interface SecondaryCandidate {
  readonly zygosity: GermlineFinding['zygosity']
  /** Sequence Ontology terms of the chosen transcript. */
  readonly consequences: readonly string[]
  /** Pathogenic or likely pathogenic, by the criteria or as known. */
  readonly reportable: boolean
  /** The rule that names this very variant (HFE C282Y). */
  readonly named: SecondaryRule | undefined
}

export interface SecondaryHit<T> {
  readonly disease: SecondaryDisease
  readonly candidates: readonly T[]
  readonly certainty: 'sure' | 'possible'
  readonly because: string
}

const TRUNCATING: ReadonlySet<string> = new Set([
  'stop_gained',
  'frameshift_variant',
  'splice_acceptor_variant',
  'splice_donor_variant',
  'start_lost',
  'transcript_ablation',
  'exon_loss_variant',
])

function isTruncating({ consequences }: SecondaryCandidate): boolean {
  return consequences.some((term) => TRUNCATING.has(term))
}

/**
 * What of one gene's variants the list reports. `phase` tells of two heterozygous variants whether they lie on the two copies.
 */
export function secondaryHits<T extends SecondaryCandidate>(
  gene: string,
  variants: readonly T[],
  list: SecondaryList,
  phase: (a: T, b: T) => 'in-trans' | 'in-cis' | 'unknown',
): SecondaryHit<T>[] {
  const reportable = variants.filter((one) => one.reportable)
  const pairs = pairsOf(reportable.filter(({ zygosity }) => zygosity === 'heterozygous')).filter(
    ([a, b]) => phase(a, b) !== 'in-cis',
  )
  const pairHits = (disease: SecondaryDisease): SecondaryHit<T>[] =>
    pairs.map(([a, b]) => {
      const sure = phase(a, b) === 'in-trans'
      return {
        disease,
        candidates: [a, b],
        certainty: sure ? 'sure' : 'possible',
        because: sure
          ? 'two variants, one on each copy'
          : 'two variants; whether they lie on the two copies is not known',
      }
    })
  const single = (disease: SecondaryDisease, one: T, because: string): SecondaryHit<T> => ({
    disease,
    candidates: [one],
    certainty: 'sure',
    because,
  })
  const hitsOf = (disease: SecondaryDisease): SecondaryHit<T>[] => {
    switch (disease.report) {
      case 'any':
        return reportable.map((one): SecondaryHit<T> => {
          const other = isTruncating(one) ? list.notByLoss(gene) : undefined
          if (other !== undefined)
            return {
              ...single(disease, one, ''),
              certainty: 'possible',
              because: `a truncating variant, and this disease is no loss of ${gene}: loss makes ${other.instead} (${other.source}); look which disease it is called pathogenic for`,
            }
          return single(
            disease,
            one,
            disease.inheritance === 'AR' && one.zygosity !== 'homozygous'
              ? 'every such variant is reported, although the disease needs both copies'
              : 'every such variant is reported',
          )
        })
      case 'truncating':
        return reportable.filter(isTruncating).map((one) => single(disease, one, 'a truncating variant'))
      case 'hfe-c282y-homozygous':
        return variants
          .filter(({ named, zygosity }) => named === disease.report && zygosity === 'homozygous')
          .map((one) => single(disease, one, 'C282Y on both copies'))
      case 'two-or-hemizygous':
      case 'two':
        return [
          ...reportable
            .filter(
              ({ zygosity }) =>
                zygosity === 'homozygous' ||
                (disease.report === 'two-or-hemizygous' && zygosity === 'hemizygous'),
            )
            .map((one) =>
              single(disease, one, one.zygosity === 'homozygous' ? 'on both copies' : 'on the only copy'),
            ),
          ...pairHits(disease),
        ]
    }
  }
  return list.of(gene).flatMap(hitsOf)
}

function pairsOf<T>(list: readonly T[]): (readonly [T, T])[] {
  return list.flatMap((a, i) => list.slice(i + 1).map((b) => [a, b] as const))
}
