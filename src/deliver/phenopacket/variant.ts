import type { GenomicInterpretation, VariationDescriptor } from '../../record/phenopacket.ts'
import type { Resource } from '../../record/resource.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { vrsAllele } from '../../terms/vrs/allele.ts'
import { identifyVrs1, identifyVrs2 } from '../../terms/vrs/identify.ts'
import { type Concept, ontologyClassOf } from './concept.ts'

/** Where a variant Observation is and what it changes, as fhir/ reads it; 0-based. */
export interface PlacedVariant {
  readonly assembly: string
  readonly chromosome: string
  readonly refget: string
  readonly start: number
  readonly deleted: string
  readonly inserted: string
}

type Components = readonly { readonly code?: Concept; readonly valueCodeableConcept?: Concept }[]

const ACMG: Readonly<
  Record<string, 'PATHOGENIC' | 'LIKELY_PATHOGENIC' | 'UNCERTAIN_SIGNIFICANCE' | 'LIKELY_BENIGN' | 'BENIGN'>
> = {
  'LA6668-3': 'PATHOGENIC',
  'LA26332-9': 'LIKELY_PATHOGENIC',
  'LA26333-7': 'UNCERTAIN_SIGNIFICANCE',
  'LA26334-5': 'LIKELY_BENIGN',
  'LA6675-8': 'BENIGN',
}
const ALLELIC_STATE: Readonly<Record<string, { id: string; label: string }>> = {
  'LA6706-1': { id: 'GENO:0000135', label: 'heterozygous' },
  'LA6705-3': { id: 'GENO:0000136', label: 'homozygous' },
  'LA6707-9': { id: 'GENO:0000134', label: 'hemizygous' },
}
const SYNTAX = {
  [GENOMIC.genomicHgvs]: 'hgvs.g',
  [GENOMIC.codingHgvs]: 'hgvs.c',
  [GENOMIC.proteinHgvs]: 'hgvs.p',
} as const

/** A genomic Observation that no phenopacket brought; undefined when it names neither an expression nor a place. */
export function interpretationOf(
  observation: Resource,
  about: string,
  placed: PlacedVariant | undefined,
): GenomicInterpretation | undefined {
  const components = (observation['component'] as Components | undefined) ?? []
  const codings = (code: string) =>
    components
      .filter((one) => one.code?.coding?.some((its) => its.code === code))
      .flatMap((one) => one.valueCodeableConcept?.coding ?? [])
  const expressions = Object.entries(SYNTAX).flatMap(([code, syntax]) =>
    codings(code).flatMap(({ code: value }) => (value === undefined ? [] : [{ syntax, value }])),
  )
  if (expressions.length === 0 && placed === undefined) return undefined
  const gene = ontologyClassOf(
    components.find((one) => one.code?.coding?.some((its) => its.code === GENOMIC.geneStudied))
      ?.valueCodeableConcept,
  )
  const [acmg] = codings(GENOMIC.clinicalSignificance).flatMap(({ code }) => ACMG[code ?? ''] ?? [])
  const [allelicState] = codings(GENOMIC.allelicState).flatMap(({ code }) => ALLELIC_STATE[code ?? ''] ?? [])
  const descriptor: VariationDescriptor = {
    id: observation.id ?? '',
    ...(gene === undefined ? {} : { geneContext: { valueId: gene.id, symbol: gene.label } }),
    ...(expressions.length === 0 ? {} : { expressions }),
    ...(placed === undefined || placed.deleted === '' || placed.inserted === ''
      ? {}
      : {
          vcfRecord: {
            genomeAssembly: placed.assembly,
            chrom: `chr${placed.chromosome}`,
            pos: String(placed.start + 1),
            ref: placed.deleted,
            alt: placed.inserted,
          },
        }),
    moleculeContext: 'genomic',
    ...(allelicState === undefined ? {} : { allelicState }),
  }
  return {
    subjectOrBiosampleId: about,
    interpretationStatus: 'UNKNOWN_STATUS',
    variantInterpretation: {
      acmgPathogenicityClassification: acmg ?? 'NOT_PROVIDED',
      therapeuticActionability: 'UNKNOWN_ACTIONABILITY',
      variationDescriptor: withVrs(descriptor, placed),
    },
  }
}

/**
 * The descriptor with the VRS 1.3 allele that phenopackets carry, and the identifiers of VRS 1.3 and VRS 2; as it is where
 * the bases do not settle one: an insertion or deletion may be written in several places. What its sender said stays.
 */
export function withVrs(
  descriptor: VariationDescriptor,
  placed: PlacedVariant | undefined,
): VariationDescriptor {
  const allele = placed && vrsAllele({ ...placed, contextual: false })
  const location = allele?.['location'] as { start: number; end: number } | undefined
  const state = allele?.['state'] as { type: string; sequence?: string } | undefined
  if (allele === undefined || location === undefined || state?.sequence === undefined) return descriptor
  const number = (value: number) => ({ type: 'Number', value })
  const { refget } = placed!
  const first = identifyVrs1({
    type: 'Allele',
    location: {
      type: 'SequenceLocation',
      sequence_id: `ga4gh:${refget}`,
      interval: { type: 'SequenceInterval', start: number(location.start), end: number(location.end) },
    },
    state: { type: 'LiteralSequenceExpression', sequence: state.sequence },
  })
  const second = identifyVrs2(allele)
  if (first === undefined || second === undefined) return descriptor
  const variation = {
    allele: {
      _id: first,
      sequenceLocation: {
        sequenceId: `ga4gh:${refget}`,
        sequenceInterval: {
          startNumber: { value: String(location.start) },
          endNumber: { value: String(location.end) },
        },
      },
      literalSequenceExpression: { sequence: state.sequence },
    },
  }
  return {
    ...descriptor,
    variation: descriptor.variation ?? variation,
    xrefs: [...new Set([...(descriptor.xrefs ?? []), second])],
  }
}
