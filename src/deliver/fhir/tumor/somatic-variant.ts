import type { CopyNumberCall, Fusion, SomaticVariant } from '../../../record/tumor-profile.ts'
import type { Assembly, Chromosome } from '../../../terms/genome.ts'
import { GENOMIC } from '../../../terms/genomics-reporting.ts'
import { chromosomeConcept, gene, loinc, question } from '../code.ts'
import type { RefSeqOf } from '../germline-variant.ts'
import { observation, type ReportContext } from '../report-context.ts'
import type { CodeableConcept, Component, Observation } from '../resource.ts'

const ASSEMBLIES: Readonly<Record<Assembly, CodeableConcept>> = {
  GRCh37: loinc('LA14029-5', 'GRCh37'),
  GRCh38: loinc('LA26806-2', 'GRCh38'),
}
const SOURCES = {
  somatic: loinc('LA6684-0', 'Somatic'),
  germline: loinc('LA6683-2', 'Germline'),
} as const
const SEQUENCE_ONTOLOGY = 'http://www.sequenceontology.org'
const COPY_TERMS: Readonly<Record<CopyNumberCall['call'], readonly [code: string, display: string]>> = {
  amplification: ['SO:0001742', 'copy_number_gain'],
  gain: ['SO:0001742', 'copy_number_gain'],
  neutral: ['SO:0001019', 'copy_number_variation'],
  loss: ['SO:0001743', 'copy_number_loss'],
  'deep-deletion': ['SO:0001743', 'copy_number_loss'],
}
const CHROMOSOME = /^([1-9]|1\d|2[0-2]|X|Y)$/

/** A small variant of a tumour by the variant profile. Its origin is told only where the laboratory told it. */
export function somaticVariant(
  context: ReportContext,
  variant: SomaticVariant,
  refseqOf: RefSeqOf,
): Observation {
  const { assembly, place, hgvsC, hgvsP, tumor, origin } = variant
  const chromosome =
    place !== undefined && CHROMOSOME.test(place.chromosome)
      ? (`chr${place.chromosome}` as Chromosome)
      : undefined
  const refseq = chromosome === undefined ? undefined : refseqOf(assembly, chromosome)
  const names = [hgvsC, hgvsP].filter((one) => one !== undefined)
  const partial = names.filter((one) => !isWhole(one))
  const words = [
    ...(partial.length === 0 ? [] : [`Named ${partial.join(', ')} by the file.`]),
    ...(variant.consequences.length === 0 ? [] : [`Consequence: ${variant.consequences.join(', ')}.`]),
    ...(chromosome === undefined && place !== undefined ? [`On ${place.chromosome}.`] : []),
  ]
  return present(
    context,
    [
      ...genesOf(context, [variant.gene]),
      ...(place === undefined
        ? []
        : [
            coded(GENOMIC.referenceSequenceAssembly, 'Reference sequence assembly', ASSEMBLIES[assembly]),
            coded(
              GENOMIC.chromosomeIdentifier,
              'Chromosome',
              chromosome === undefined ? undefined : chromosomeConcept(chromosome),
            ),
            coded(
              GENOMIC.genomicRefSeq,
              'Genomic reference sequence',
              refseq === undefined ? undefined : named(refseq),
            ),
            coded(
              GENOMIC.coordinateSystem,
              'Genomic coordinate system',
              loinc('LA30102-0', '1-based character counting'),
            ),
            {
              code: question(GENOMIC.exactStartEnd, 'Exact start and end'),
              valueRange: {
                low: { value: place.position },
                high: { value: place.position + place.ref.length - 1 },
              },
            },
            { code: question(GENOMIC.refAllele, 'Reference allele'), valueString: place.ref },
            { code: question(GENOMIC.altAllele, 'Alternative allele'), valueString: place.alt },
          ]),
      coded(
        GENOMIC.codingHgvs,
        'DNA change (c.HGVS)',
        hgvs(names.find((one) => isWhole(one) && /:[cn]\./.test(one))),
      ),
      coded(
        GENOMIC.proteinHgvs,
        'Protein change (p.HGVS)',
        hgvs(names.find((one) => isWhole(one) && /:p\./.test(one))),
      ),
      quantity(GENOMIC.sampleAllelicFrequency, 'Sample allelic frequency', tumor?.fraction, '1'),
      quantity(GENOMIC.allelicReadDepth, 'Allelic read depth', tumor?.depth, '1'),
      coded(
        GENOMIC.genomicSourceClass,
        'Genomic source class',
        origin === undefined ? undefined : SOURCES[origin],
      ),
    ],
    words,
  )
}

/** A gene with more or fewer copies. */
export function copyNumberVariant(context: ReportContext, call: CopyNumberCall): Observation {
  const [code, display] = COPY_TERMS[call.call]
  return present(
    context,
    [
      ...genesOf(context, [call.gene]),
      coded(GENOMIC.codingChangeType, 'DNA change type', {
        coding: [{ system: SEQUENCE_ONTOLOGY, code, display }],
        text: call.call.replace('-', ' '),
      }),
      quantity(GENOMIC.copyNumber, 'Copy number', call.copies, '1'),
    ],
    [`Called ${call.call.replace('-', ' ')}.`],
  )
}

/** Two genes joined, 5' partner first; a partner that is not known is told in the note. */
export function fusionVariant(
  context: ReportContext,
  { five, three, frame, reads, confidence }: Fusion,
): Observation {
  return present(
    context,
    [
      ...genesOf(context, [five, three]),
      coded(GENOMIC.codingChangeType, 'DNA change type', {
        coding: [{ system: SEQUENCE_ONTOLOGY, code: 'SO:0001565', display: 'gene_fusion' }],
      }),
    ],
    [
      `Fusion ${five ?? 'unknown partner'}::${three ?? 'unknown partner'}.`,
      ...(frame === undefined ? [] : [`${frame}.`]),
      ...(reads === undefined ? [] : [`${reads} reads.`]),
      ...(confidence === undefined ? [] : [`Called with ${confidence} confidence.`]),
    ],
    // A call that its caller does not trust is not told as there.
    confidence === 'low' ? loinc('LA11884-6', 'Indeterminate') : undefined,
  )
}

function present(
  context: ReportContext,
  components: readonly (Component | undefined)[],
  words: readonly string[],
  answer = loinc('LA9633-4', 'Present'),
): Observation {
  return observation(context, 'variant', question(GENOMIC.variant, 'Genetic variant assessment'), {
    valueCodeableConcept: answer,
    ...(words.length === 0 ? {} : { note: [{ text: words.join(' ') }] }),
    component: components.filter((one) => one !== undefined),
  })
}

function genesOf(context: ReportContext, genes: readonly (string | undefined)[]): Component[] {
  return genes
    .filter((one) => one !== undefined)
    .map((one) => ({
      code: question(GENOMIC.geneStudied, 'Gene studied'),
      valueCodeableConcept: gene(one, context.genes),
    }))
}

function coded(code: string, text: string, value: CodeableConcept | undefined): Component | undefined {
  return value === undefined ? undefined : { code: question(code, text), valueCodeableConcept: value }
}

function quantity(
  code: string,
  text: string,
  value: number | undefined,
  unit: string,
): Component | undefined {
  return value === undefined
    ? undefined
    : {
        code: question(code, text),
        valueQuantity: { value, system: 'http://unitsofmeasure.org', code: unit },
      }
}

const named = (code: string): CodeableConcept => ({
  coding: [{ system: 'http://www.ncbi.nlm.nih.gov/refseq', code }],
})

/** The required value set takes an expression with its reference sequence alone; another is told in the notes. */
function hgvs(expression: string | undefined): CodeableConcept | undefined {
  return expression === undefined
    ? undefined
    : { coding: [{ system: 'http://varnomen.hgvs.org', code: expression, display: expression }] }
}

const isWhole = (expression: string) => /^(N[MRP]_|ENS[TP])\d[\d.]*:[cnp]\./.test(expression)
