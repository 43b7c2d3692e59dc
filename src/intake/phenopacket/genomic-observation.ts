import type { GenomicInterpretation, VariationDescriptor } from '../../record/phenopacket.ts'
import type { Resource } from '../../record/resource.ts'
import { codingOfCurie } from '../../terms/curie.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { vrsAllele } from '../../terms/vrs/allele.ts'
import { identifyVrs2 } from '../../terms/vrs/identify.ts'
import { loinc } from './concept.ts'
import { type Frame, frame, PRESENT } from './observations.ts'

/** A chromosome of an assembly. */
export interface NamedSequence {
  readonly refseq: string
  readonly assembly: 'GRCh37' | 'GRCh38'
  /** GA4GH refget digest, "SQ.…". */
  readonly refget: string
  /** Bases. */
  readonly length: number
}

/** By assembly ("GRCh38.p13", "hg19") and chromosome ("chr4", "4"), or by RefSeq accession; undefined: not known here. */
export type SequenceOf = (assembly: string, chromosome: string) => NamedSequence | undefined

/** LOINC answers (LL4034-6 of 53037-8, LL381-5 of 53034-5). */
const ACMG: Readonly<Record<string, ReturnType<typeof loinc>>> = {
  PATHOGENIC: loinc('LA6668-3', 'Pathogenic'),
  LIKELY_PATHOGENIC: loinc('LA26332-9', 'Likely pathogenic'),
  UNCERTAIN_SIGNIFICANCE: loinc('LA26333-7', 'Uncertain significance'),
  LIKELY_BENIGN: loinc('LA26334-5', 'Likely benign'),
  BENIGN: loinc('LA6675-8', 'Benign'),
}
const ALLELIC_STATE: Readonly<Record<string, ReturnType<typeof loinc>>> = {
  'GENO:0000135': loinc('LA6706-1', 'Heterozygous'),
  'GENO:0000136': loinc('LA6705-3', 'Homozygous'),
  'GENO:0000134': loinc('LA6707-9', 'Hemizygous'),
}
const HGVS = 'http://varnomen.hgvs.org'
const SPDI = 'https://api.ncbi.nlm.nih.gov/variation/v0/'
const VRS = 'https://w3id.org/ga4gh/vrs'

/**
 * One variant, or one gene, as a genomic Observation: HGVS, the VCF record as place and bases on the RefSeq sequence, and
 * the SPDI and VRS identifiers that follow. A place is said only where the sequence is known.
 */
export function genomicObservation(at: Frame, one: GenomicInterpretation, sequenceOf: SequenceOf): Resource {
  const { gene, variantInterpretation } = one
  const base = frame(at, 'laboratory')
  if (variantInterpretation === undefined) {
    return {
      ...base,
      code: loinc(GENOMIC.geneStudied, 'Gene studied [ID]'),
      valueCodeableConcept: geneConcept(gene!),
    }
  }
  const { variationDescriptor: variant, acmgPathogenicityClassification: acmg } = variantInterpretation
  const { geneContext, allelicState, structuralType } = variant
  const zygosity = allelicState === undefined ? undefined : ALLELIC_STATE[allelicState.id]
  const component = [
    ...(geneContext === undefined
      ? []
      : [coded(GENOMIC.geneStudied, 'Gene studied [ID]', geneConcept(geneContext))]),
    ...hgvsComponents(variant),
    ...placeComponents(variant, sequenceOf),
    ...(zygosity === undefined ? [] : [coded(GENOMIC.allelicState, 'Allelic state', zygosity)]),
    ...(structuralType === undefined
      ? []
      : [
          coded(GENOMIC.codingChangeType, 'DNA change type', {
            coding: [{ ...codingOfCurie(structuralType.id), display: structuralType.label }],
          }),
        ]),
    ...(ACMG[acmg] === undefined
      ? []
      : [coded(GENOMIC.clinicalSignificance, 'Genetic variation clinical significance [Imp]', ACMG[acmg])]),
  ]
  return {
    ...base,
    code: loinc(GENOMIC.variant, 'Genetic variant assessment'),
    valueCodeableConcept: PRESENT,
    ...(component.length === 0 ? {} : { component }),
  }
}

function geneConcept({ valueId, symbol }: { valueId: string; symbol: string }) {
  return { coding: [{ ...codingOfCurie(valueId), display: symbol }], text: symbol }
}

function coded(code: string, display: string, value: unknown) {
  return { code: loinc(code, display), valueCodeableConcept: value }
}

function hgvsComponents({ expressions = [] }: VariationDescriptor): readonly unknown[] {
  const kinds = [
    [GENOMIC.genomicHgvs, 'Genomic DNA change (gHGVS)', /:[gm]\./, 'g'],
    [GENOMIC.codingHgvs, 'DNA change (c.HGVS)', /:[cn]\./, 'c'],
    [GENOMIC.proteinHgvs, 'Amino acid change (pHGVS)', /:p\./, 'p'],
  ] as const
  return kinds.flatMap(([code, display, form]) => {
    const found = expressions.filter(({ syntax, value }) => /^hgvs/.test(syntax) && form.test(value))
    if (found.length === 0) return []
    return [coded(code, display, { coding: found.map(({ value }) => ({ system: HGVS, code: value })) })]
  })
}

function placeComponents(
  { vcfRecord, expressions = [] }: VariationDescriptor,
  sequenceOf: SequenceOf,
): readonly unknown[] {
  const spdi = expressions.find(({ syntax }) => syntax === 'spdi')?.value
  const given = spdi === undefined ? [] : [{ system: SPDI, code: spdi }]
  const sequence = vcfRecord && sequenceOf(vcfRecord.genomeAssembly, vcfRecord.chrom)
  const position = Number(vcfRecord?.pos)
  const spelt =
    vcfRecord !== undefined && /^[ACGTN]+$/i.test(vcfRecord.ref) && /^[ACGTN]+$/i.test(vcfRecord.alt)
  const fits = sequence !== undefined && spelt && position - 1 + vcfRecord.ref.length <= sequence.length
  if (!fits) {
    return given.length === 0
      ? []
      : [coded(GENOMIC.variationCode, 'Discrete genetic variant', { coding: given })]
  }
  const deleted = vcfRecord.ref.toUpperCase()
  const inserted = vcfRecord.alt.toUpperCase()
  const start = position - 1
  const allele = vrsAllele({ refget: sequence.refget, start, deleted, inserted, contextual: false })
  const vrs = allele === undefined ? undefined : identifyVrs2(allele)
  const own = `${sequence.refseq}:${start}:${deleted}:${inserted}`
  const codings = [
    ...given,
    ...(own === spdi ? [] : [{ system: SPDI, code: own }]),
    ...(vrs === undefined ? [] : [{ system: VRS, code: vrs }]),
  ]
  const assembly =
    sequence.assembly === 'GRCh38' ? loinc('LA26806-2', 'GRCh38') : loinc('LA14029-5', 'GRCh37')
  return [
    coded(GENOMIC.referenceSequenceAssembly, 'Human reference sequence assembly version', assembly),
    coded(GENOMIC.genomicRefSeq, 'Genomic reference sequence [ID]', {
      coding: [{ system: 'http://www.ncbi.nlm.nih.gov/refseq', code: sequence.refseq }],
    }),
    { code: loinc(GENOMIC.refAllele, 'Genomic ref allele [ID]'), valueString: deleted },
    { code: loinc(GENOMIC.altAllele, 'Genomic alt allele [ID]'), valueString: inserted },
    coded(GENOMIC.coordinateSystem, 'Genomic coord system', loinc('LA30102-0', '1-based character counting')),
    {
      code: loinc(GENOMIC.exactStartEnd, 'Variant exact start-end'),
      valueRange: { low: { value: position }, high: { value: position + deleted.length - 1 } },
    },
    coded(GENOMIC.variationCode, 'Discrete genetic variant', { coding: codings }),
  ]
}
