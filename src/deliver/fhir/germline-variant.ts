import type { GermlineFinding, Zygosity } from '../../interpret/finding/germline.ts'
import type { Assembly, Chromosome } from '../../terms/genome.ts'
import { GENOMIC } from '../../terms/genomics-reporting.ts'
import { chromosomeConcept, gene, loinc, question } from './code.ts'
import { observation, type ReportContext } from './report-context.ts'
import type { CodeableConcept, Component, Observation } from './resource.ts'

/** RefSeq accession of a chromosome of an assembly, "NC_000010.11"; undefined where none is known. */
export type RefSeqOf = (assembly: Assembly, chromosome: Chromosome) => string | undefined

const ASSEMBLIES: Readonly<Record<Assembly, CodeableConcept>> = {
  GRCh37: loinc('LA14029-5', 'GRCh37'),
  GRCh38: loinc('LA26806-2', 'GRCh38'),
}

const STATES: Readonly<Record<Zygosity, CodeableConcept>> = {
  heterozygous: loinc('LA6706-1', 'Heterozygous'),
  homozygous: loinc('LA6705-3', 'Homozygous'),
  hemizygous: loinc('LA6707-9', 'Hemizygous'),
  heteroplasmic: loinc('LA6703-8', 'Heteroplasmic'),
  homoplasmic: loinc('LA6704-6', 'Homoplasmic'),
}

/** A germline variant that was seen, by the variant profile: where it is as the file spells it, and its names. */
export function germlineVariant(
  context: ReportContext,
  finding: GermlineFinding,
  refseqOf: RefSeqOf,
): Observation {
  const { variant, zygosity, heteroplasmy, call } = finding
  const { assembly, chromosome, position, ref, alt, transcript } = variant
  const refseq = refseqOf(assembly, chromosome)
  const components: (Component | undefined)[] = [
    coded(
      GENOMIC.geneStudied,
      'Gene studied',
      variant.gene === undefined ? undefined : gene(variant.gene, context.genes),
    ),
    coded(GENOMIC.referenceSequenceAssembly, 'Reference sequence assembly', ASSEMBLIES[assembly]),
    coded(GENOMIC.chromosomeIdentifier, 'Chromosome', chromosomeConcept(chromosome)),
    coded(
      GENOMIC.genomicRefSeq,
      'Genomic reference sequence',
      refseq === undefined ? undefined : named('http://www.ncbi.nlm.nih.gov/refseq', refseq),
    ),
    coded(
      GENOMIC.coordinateSystem,
      'Genomic coordinate system',
      loinc('LA30102-0', '1-based character counting'),
    ),
    {
      code: question(GENOMIC.exactStartEnd, 'Exact start and end'),
      valueRange: { low: { value: position }, high: { value: position + ref.length - 1 } },
    },
    { code: question(GENOMIC.refAllele, 'Reference allele'), valueString: ref },
    { code: question(GENOMIC.altAllele, 'Alternative allele'), valueString: alt },
    coded(
      GENOMIC.transcriptRefSeq,
      'Transcript',
      transcript === undefined ? undefined : named('http://www.ncbi.nlm.nih.gov/refseq', transcript),
    ),
    coded(GENOMIC.codingHgvs, 'DNA change (c.HGVS)', hgvs(variant.hgvsC)),
    coded(GENOMIC.proteinHgvs, 'Protein change (p.HGVS)', hgvs(variant.hgvsP)),
    coded(GENOMIC.allelicState, 'Allelic state', zygosity === undefined ? undefined : STATES[zygosity]),
    heteroplasmy === undefined
      ? undefined
      : {
          code: question(GENOMIC.sampleAllelicFrequency, 'Sample allelic frequency'),
          valueQuantity: { value: heteroplasmy, system: 'http://unitsofmeasure.org', code: '1' },
        },
    coded(GENOMIC.genomicSourceClass, 'Genomic source class', loinc('LA6683-2', 'Germline')),
  ]
  const partial = [variant.hgvsC, variant.hgvsP].filter((one) => one !== undefined && !isWhole(one))
  const note = [
    ...(partial.length === 0 ? [] : [`Named ${partial.join(', ')} by the file.`]),
    `Genotype ${call.genotype}, filter ${call.filter}.`,
    ...(call.depth === undefined ? [] : [`${call.depth} reads.`]),
    ...(call.quality === undefined ? [] : [`Genotype quality ${call.quality}.`]),
  ].join(' ')
  return observation(context, 'variant', question(GENOMIC.variant, 'Genetic variant assessment'), {
    valueCodeableConcept: loinc('LA9633-4', 'Present'),
    note: [{ text: note }],
    component: components.filter((one) => one !== undefined),
  })
}

/** "CFTR NM_000492.4:c.1521_1523del", or the place. */
export function variantTitle({ variant }: GermlineFinding): string {
  const { assembly, chromosome, position, ref, alt } = variant
  const name = variant.hgvsC ?? `${assembly} ${chromosome}:${position} ${ref}>${alt}`
  return variant.gene === undefined ? name : `${variant.gene} ${name}`
}

function coded(code: string, text: string, value: CodeableConcept | undefined): Component | undefined {
  return value === undefined ? undefined : { code: question(code, text), valueCodeableConcept: value }
}

function named(system: string, code: string): CodeableConcept {
  return { coding: [{ system, code }] }
}

/** The required value set takes an expression with its reference sequence alone; another is told in the notes. */
function hgvs(expression: string | undefined): CodeableConcept | undefined {
  if (expression === undefined || !isWhole(expression)) return undefined
  return {
    coding: [{ system: 'http://varnomen.hgvs.org', code: expression, display: expression }],
  }
}

const isWhole = (expression: string) => /^[A-Z]{2}_?\d[\d.]*:[cnp]\./.test(expression)
