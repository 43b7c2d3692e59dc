import type { GermlineFinding, Zygosity } from '../../interpret/finding/germline.ts'
import type { Assembly, Chromosome } from '../../terms/genome.ts'
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
      '48018-6',
      'Gene studied',
      variant.gene === undefined ? undefined : gene(variant.gene, context.genes),
    ),
    coded('62374-4', 'Reference sequence assembly', ASSEMBLIES[assembly]),
    coded('48000-4', 'Chromosome', chromosomeConcept(chromosome)),
    coded(
      '48013-7',
      'Genomic reference sequence',
      refseq === undefined ? undefined : named('http://www.ncbi.nlm.nih.gov/refseq', refseq),
    ),
    coded('92822-6', 'Genomic coordinate system', loinc('LA30102-0', '1-based character counting')),
    {
      code: question('81254-5', 'Exact start and end'),
      valueRange: { low: { value: position }, high: { value: position + ref.length - 1 } },
    },
    { code: question('69547-8', 'Reference allele'), valueString: ref },
    { code: question('69551-0', 'Alternative allele'), valueString: alt },
    coded(
      '51958-7',
      'Transcript',
      transcript === undefined ? undefined : named('http://www.ncbi.nlm.nih.gov/refseq', transcript),
    ),
    coded('48004-6', 'DNA change (c.HGVS)', hgvs(variant.hgvsC)),
    coded('48005-3', 'Protein change (p.HGVS)', hgvs(variant.hgvsP)),
    coded('53034-5', 'Allelic state', zygosity === undefined ? undefined : STATES[zygosity]),
    heteroplasmy === undefined
      ? undefined
      : {
          code: question('81258-6', 'Sample allelic frequency'),
          valueQuantity: { value: heteroplasmy, system: 'http://unitsofmeasure.org', code: '1' },
        },
    coded('48002-0', 'Genomic source class', loinc('LA6683-2', 'Germline')),
  ]
  const partial = [variant.hgvsC, variant.hgvsP].filter((one) => one !== undefined && !isWhole(one))
  const note = [
    ...(partial.length === 0 ? [] : [`Named ${partial.join(', ')} by the file.`]),
    `Genotype ${call.genotype}, filter ${call.filter}.`,
    ...(call.depth === undefined ? [] : [`${call.depth} reads.`]),
    ...(call.quality === undefined ? [] : [`Genotype quality ${call.quality}.`]),
  ].join(' ')
  return observation(context, 'variant', question('69548-6', 'Genetic variant assessment'), {
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
