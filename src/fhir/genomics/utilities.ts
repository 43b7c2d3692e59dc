import type { Assemblies } from '../../knowledge/assemblies.ts'
import { Fault } from '../../terms/fault.ts'
import { chromosomeOf } from '../../terms/genome.ts'
import type { Asked } from './asked.ts'

/** A utility that the reference implementation has beside the operations of the guide. It is asked about nobody. */
export interface GenomicsUtility {
  readonly name: string
  /** What is answered is plain JSON, no FHIR. */
  run(asked: Asked, assemblies: Assemblies): unknown
}

const FEATURES = ['chromosome', 'gene', 'transcript', 'protein'] as const

/** By name, as they lie below "utilities/". */
export const GENOMICS_UTILITIES: readonly GenomicsUtility[] = [
  { name: 'get-feature-coordinates', run: featureCoordinates },
  {
    name: 'find-the-gene',
    run(asked) {
      asked.only(['range'])
      asked.required('range')
      throw notHeld('range', 'where genes lie')
    },
  },
  {
    name: 'normalize-hla',
    run(asked) {
      asked.only(['allele'])
      asked.required('allele')
      throw notHeld('allele', 'which HLA alleles a name stands for')
    },
  },
]

/** The RefSeq accessions of a chromosome, [] when there is none of that name. Throws PARAMETER_MISSING, FEATURE_NOT_HELD. */
function featureCoordinates(asked: Asked, assemblies: Assemblies): unknown {
  asked.only(FEATURES)
  const named = FEATURES.filter((one) => asked.all(one).length > 0)
  if (named.length === 0) asked.required(FEATURES[0])
  const [feature] = named
  const [name = '', second] = feature === undefined ? [] : asked.all(feature)
  if (named.length > 1 || second !== undefined) {
    throw new Fault(
      'PARAMETER_MALFORMED',
      named.join(', '),
      'one feature is asked for at a time',
      `Send one of ${FEATURES.join(', ')}, with one name.`,
    )
  }
  if (feature !== 'chromosome') throw notHeld(feature!, 'where genes, transcripts and proteins lie')
  const chromosome = chromosomeOf(name)
  if (chromosome === undefined) return []
  const number = chromosome.slice('chr'.length)
  const key = number === 'M' ? 'MT' : number
  const page = number === 'M' ? 'mitochondrial-dna' : number.toLowerCase()
  const build38 = assemblies.of('GRCh38', key)
  return {
    chromosome,
    chromosomeLink: `https://medlineplus.gov/genetics/chromosome/${page}/`,
    // The mitochondrial sequence (rCRS) is the same in both.
    build37RefSeq: (assemblies.of('GRCh37', key) ?? build38)?.refseq,
    build38RefSeq: build38?.refseq,
  }
}

/** An empty list would say that there is none. */
function notHeld(where: string, what: string): Fault {
  return new Fault(
    'FEATURE_NOT_HELD',
    where,
    `${what} is not among the facts that are loaded here`,
    'Ask a server that carries the RefSeq annotation, or the HLA nomenclature.',
  )
}
