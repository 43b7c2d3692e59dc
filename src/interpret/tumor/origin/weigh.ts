import type { VariantOrigin } from '../../finding/tumor-scores.ts'
import { readsLogLikelihood } from '../statistics/beta-binomial.ts'
import {
  inheritedCopies,
  inheritedFraction,
  type Locus,
  mutatedCopies,
  somaticFraction,
} from './expected-fraction.ts'

type Model = VariantOrigin['models'][number]

/** Cell fractions of a subclonal mutation that are weighed, each as likely as the other. */
const SUBCLONES = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]

/** Models of one origin, and how likely the reads are under all of them together. */
interface Weighed {
  /** The likeliest first. */
  readonly models: readonly Model[]
  /** Log of the ratio of the likelihoods, inherited over somatic. */
  readonly logRatio: number
}

/**
 * Weighs where a variant comes from by its reads: inherited on one copy (which the tumour may have lost or gained), inherited on both, clonal
 * on any number of copies, subclonal. `error`: share of reads that are read or mapped wrongly, 0..1, so that they are never expected
 * to agree or disagree wholly. Models of one origin are averaged, so that many models are no advantage; no prior is applied.
 */
export function weighOrigins(
  locus: Locus,
  reads: { readonly carrying: number; readonly depth: number },
  steadiness: number,
  error: number,
): Weighed {
  const model = (origin: Model['origin'], what: string, expected: number): Model => ({
    origin,
    what,
    expected,
    logLikelihood: readsLogLikelihood(
      reads.carrying,
      reads.depth,
      Math.min(1 - error, Math.max(error, expected)),
      steadiness,
    ),
  })
  const heterozygous = inheritedCopies(locus).map((copies) =>
    model(
      'germline',
      `inherited on one copy, ${copies} of ${locus.total} in the tumour`,
      inheritedFraction(locus, copies),
    ),
  )
  const homozygous = model('germline', 'inherited on both copies', 1)
  const clonal = mutatedCopies(locus).map((copies) =>
    model('somatic', `clonal, on ${copies} of ${locus.total} copies`, somaticFraction(locus, copies)),
  )
  const subclonal = SUBCLONES.map((cells) =>
    model('somatic', `in ${cells * 100} % of tumour cells`, somaticFraction(locus, 1, cells)),
  )
  const inherited = meanOf([meanOf(heterozygous.map(likelihood)), homozygous.logLikelihood])
  const somatic = meanOf([
    ...(clonal.length > 0 ? [meanOf(clonal.map(likelihood))] : []),
    meanOf(subclonal.map(likelihood)),
  ])
  return {
    models: [...heterozygous, homozygous, ...clonal, ...subclonal].sort(
      (a, b) => b.logLikelihood - a.logLikelihood,
    ),
    logRatio: inherited - somatic,
  }
}

function likelihood(model: Model): number {
  return model.logLikelihood
}

/** Log of the mean of likelihoods given as logs. */
function meanOf(logs: readonly number[]): number {
  const most = Math.max(...logs)
  return most + Math.log(logs.reduce((sum, one) => sum + Math.exp(one - most), 0) / logs.length)
}
