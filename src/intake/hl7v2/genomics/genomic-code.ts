import { chromosomeAnswer } from '../../../terms/genomics-reporting.ts'

/** What kind of FHIR value a component of the Genomics Reporting guide has. */
type ComponentValue =
  | 'gene'
  | 'concept'
  | 'hgvs'
  | 'accession'
  | 'chromosome'
  | 'string'
  | 'range'
  | 'quantity'

interface GenomicCode {
  /** LOINC's names of it, lower case, without what stands in brackets: some labs reuse the number under their own system. */
  readonly names: readonly string[]
  readonly value: ComponentValue
  /** What the code is a part of. */
  readonly of: 'finding' | 'variant' | 'genotype' | 'haplotype' | 'therapeutic' | 'diagnostic' | 'overall'
}

/**
 * LOINC codes of clinical-genomics results (Laboratory Results Interface, clinical genomics; Genomics Reporting STU3,
 * from which the types of values are taken). "finding": of a variant, genotype or haplotype alike.
 */
export const GENOMIC_CODES: Readonly<Record<string, GenomicCode>> = {
  '48018-6': { names: ['gene studied'], value: 'gene', of: 'finding' },
  '48001-2': {
    names: ['cytogenetic chromosome location', 'cytogenetic location'],
    value: 'concept',
    of: 'finding',
  },
  '62374-4': {
    names: ['human reference sequence assembly version', 'human reference sequence assembly'],
    value: 'concept',
    of: 'finding',
  },
  '48000-4': { names: ['chromosome'], value: 'chromosome', of: 'finding' },
  '81304-8': { names: ['variant analysis method'], value: 'concept', of: 'finding' },
  '48002-0': { names: ['genomic source class'], value: 'concept', of: 'finding' },
  '48013-7': { names: ['genomic reference sequence'], value: 'accession', of: 'variant' },
  '51958-7': {
    names: ['transcript reference sequence', 'reference transcript'],
    value: 'accession',
    of: 'variant',
  },
  '47998-0': { names: ['variant display name'], value: 'string', of: 'finding' },
  '83005-9': { names: ['variant category'], value: 'concept', of: 'variant' },
  '69548-6': { names: ['genetic variant assessment'], value: 'concept', of: 'variant' },
  '48004-6': { names: ['dna change c hgvs', 'dna change'], value: 'hgvs', of: 'variant' },
  '81290-9': { names: ['genomic dna change g hgvs', 'genomic dna change'], value: 'hgvs', of: 'variant' },
  '48005-3': { names: ['amino acid change p hgvs', 'amino acid change'], value: 'hgvs', of: 'variant' },
  '81291-7': { names: ['cytogenomic nomenclature iscn'], value: 'concept', of: 'variant' },
  '81254-5': { names: ['genomic allele start end'], value: 'range', of: 'variant' },
  '81302-2': { names: ['structural variant inner start and end'], value: 'range', of: 'variant' },
  '81301-4': { names: ['structural variant outer start and end'], value: 'range', of: 'variant' },
  '92822-6': { names: ['genomic coordinate system'], value: 'concept', of: 'variant' },
  '69547-8': { names: ['genomic ref allele', 'genomic reference allele'], value: 'string', of: 'variant' },
  '69551-0': { names: ['genomic alt allele', 'genomic alternate allele'], value: 'string', of: 'variant' },
  '48019-4': { names: ['dna change type'], value: 'concept', of: 'variant' },
  '48006-1': { names: ['amino acid change type'], value: 'concept', of: 'variant' },
  '81258-6': {
    names: ['sample variant allelic frequency', 'sample variant allele frequency'],
    value: 'quantity',
    of: 'variant',
  },
  '82121-5': { names: ['allelic read depth'], value: 'quantity', of: 'variant' },
  '53034-5': { names: ['allelic state'], value: 'concept', of: 'variant' },
  '94186-4': {
    names: ['genetic variant inheritance', 'variant inheritance'],
    value: 'concept',
    of: 'variant',
  },
  '82309-6': { names: ['basis for allelic phase'], value: 'concept', of: 'variant' },
  '81252-9': { names: ['discrete genetic variant'], value: 'concept', of: 'variant' },
  '81255-2': { names: ['dbsnp'], value: 'concept', of: 'variant' },
  '82155-3': {
    names: ['genomic structural variant copy number', 'structural variant copy number'],
    value: 'quantity',
    of: 'variant',
  },
  '84413-4': { names: ['genotype display name'], value: 'concept', of: 'genotype' },
  '84414-2': { names: ['haplotype name'], value: 'concept', of: 'haplotype' },
  '53040-2': {
    names: [
      'genetic variation s effect on drug metabolism',
      'genetic variation s effect on drug metabolism interpretation',
    ],
    value: 'concept',
    of: 'therapeutic',
  },
  '51961-1': {
    names: ['genetic variation s effect on drug efficacy', 'drug efficacy sequence variation interpretation'],
    value: 'concept',
    of: 'therapeutic',
  },
  '51963-7': { names: ['medication assessed'], value: 'concept', of: 'therapeutic' },
  '82116-5': { names: ['medication usage suggestion'], value: 'concept', of: 'therapeutic' },
  '83010-9': {
    names: ['medication usage suggestion', 'medication usage suggestion narrative'],
    value: 'string',
    of: 'therapeutic',
  },
  '93044-6': { names: ['level of evidence'], value: 'concept', of: 'diagnostic' },
  '81259-4': {
    names: ['probable associated phenotype', 'associated phenotype'],
    value: 'concept',
    of: 'diagnostic',
  },
  '53037-8': {
    names: ['genetic sequence variation clinical significance', 'genetic variation clinical significance'],
    value: 'concept',
    of: 'diagnostic',
  },
  '51968-6': {
    names: ['genetic disease analysis overall interpretation', 'genetic analysis overall interpretation'],
    value: 'concept',
    of: 'overall',
  },
}

/** By code, for `Coder`. */
export const LOINC_NAMES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(GENOMIC_CODES).map(([code, { names }]) => [code, names]),
)

/** LOINC's answer code of a chromosome written "1", "chr1", "Chromosome X"; undefined for anything else. */
export function chromosomeNamed(
  text: string,
): { readonly code: string; readonly display: string } | undefined {
  const name = /^(?:chr(?:omosome)?\s*)?(\d{1,2}|X|Y)$/i.exec(text.trim())?.[1]?.toUpperCase()
  return name === undefined ? undefined : chromosomeAnswer(name)
}

/** LOINC's answers to "is it there" (list LL1971-2), by their names. */
const ASSESSMENTS: Readonly<Record<string, string>> = {
  present: 'LA9633-4',
  absent: 'LA9634-2',
  'no call': 'LA18198-4',
  indeterminate: 'LA11884-6',
}

/** The answer that a code or a name stands for; undefined for any other. */
export function assessmentAnswer(
  code: string | undefined,
  name: string,
): { readonly code: string; readonly display: string } | undefined {
  const found = Object.entries(ASSESSMENTS).find(
    ([words, answer]) => answer === code || words === name.trim().toLowerCase(),
  )
  if (found === undefined) return undefined
  const [words, answer] = found
  return { code: answer, display: `${words.charAt(0).toUpperCase()}${words.slice(1)}` }
}
