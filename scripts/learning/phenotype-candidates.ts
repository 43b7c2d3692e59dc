// How often the right gene comes first among 100 candidate genes with variants: those of the published case, and made ones.
import type { AcmgClass } from '../../src/interpret/finding/germline.ts'
import type { CandidateGene, CandidateVariant } from '../../src/interpret/phenotype/phenotype.ts'
import type { PublishedCase } from '../../test/peers/phenotype/published-cases.ts'

/** What the other 99 genes carry, and whether the right gene's variants keep their published class. */
export interface Setting {
  readonly name: string
  readonly published: boolean
  /** Genes of the 99 that carry one heterozygous pathogenic variant, as carriers of a recessive disease do. */
  readonly carriers: number
}

export const SETTINGS: readonly Setting[] = [
  {
    name: 'class as published; the 99 benign, likely benign or uncertain',
    published: true,
    carriers: 0,
  },
  {
    name: 'the same, and 5 of the 99 with one heterozygous pathogenic variant',
    published: true,
    carriers: 5,
  },
  {
    name: 'class of the right gene withheld (uncertain); the 99 benign, likely benign or uncertain',
    published: false,
    carriers: 0,
  },
  {
    name: 'the same, and 5 of the 99 with one heterozygous pathogenic variant',
    published: false,
    carriers: 5,
  },
]

const MADE: readonly AcmgClass[] = ['benign', 'likely-benign', 'uncertain']
const PUBLISHED: Readonly<Record<string, AcmgClass>> = {
  PATHOGENIC: 'pathogenic',
  LIKELY_PATHOGENIC: 'likely-pathogenic',
  UNCERTAIN_SIGNIFICANCE: 'uncertain',
  LIKELY_BENIGN: 'likely-benign',
  BENIGN: 'benign',
}
const ZYGOSITY: Readonly<Record<string, CandidateVariant['zygosity']>> = {
  'GENO:0000135': 'heterozygous',
  'GENO:0000136': 'homozygous',
  'GENO:0000134': 'hemizygous',
}

interface Interpretations {
  readonly interpretations?: readonly {
    readonly diagnosis?: {
      readonly genomicInterpretations?: readonly {
        readonly variantInterpretation?: {
          readonly acmgPathogenicityClassification?: string
          readonly variationDescriptor: {
            readonly id?: string
            readonly geneContext?: { readonly symbol?: string }
            readonly allelicState?: { readonly id: string }
          }
        }
      }[]
    }
  }[]
}

/** The variants of the right gene that a phenopacket's interpretations name, with their class and zygosity. */
export function publishedVariants({ packet, gene }: PublishedCase): readonly CandidateVariant[] {
  return ((packet as Interpretations).interpretations ?? [])
    .flatMap((one) => one.diagnosis?.genomicInterpretations ?? [])
    .flatMap(({ variantInterpretation: given }) => {
      if (given?.variationDescriptor.geneContext?.symbol !== gene) return []
      const { id, allelicState } = given.variationDescriptor
      return [
        {
          name: id ?? gene,
          zygosity: ZYGOSITY[allelicState?.id ?? ''],
          class: PUBLISHED[given.acmgPathogenicityClassification ?? ''],
          consequence: undefined,
          frequency: undefined,
        },
      ]
    })
}

/** The right gene and 99 by chance; `next` gives numbers from 0 to 1. */
export function candidatesFor(
  gene: string,
  variants: readonly CandidateVariant[],
  symbols: readonly string[],
  { published, carriers }: Setting,
  next: () => number,
): readonly CandidateGene[] {
  const others = new Set<string>()
  while (others.size < 99) {
    const one = symbols[Math.floor(next() * symbols.length)]!
    if (one !== gene) others.add(one)
  }
  const made = [...others].map((symbol, place): CandidateGene => {
    const variant = (is: AcmgClass, zygosity: CandidateVariant['zygosity']): CandidateVariant => ({
      name: `made variant of ${symbol}`,
      zygosity,
      class: is,
      consequence: undefined,
      frequency: undefined,
    })
    if (place < carriers) return { symbol, variants: [variant('pathogenic', 'heterozygous')] }
    const is = MADE[Math.floor(next() * MADE.length)]!
    return { symbol, variants: [variant(is, next() < 0.8 ? 'heterozygous' : 'homozygous')] }
  })
  const own = published ? variants : variants.map((one) => ({ ...one, class: 'uncertain' as const }))
  return [...made, { symbol: gene, variants: own }]
}
