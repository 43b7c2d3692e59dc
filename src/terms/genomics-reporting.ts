/** Code system of LOINC. */
export const LOINC = 'http://loinc.org'
/** Codes that the Genomics Reporting guide has defined itself until LOINC does. */
export const TBD_CODES = 'http://hl7.org/fhir/uv/genomics-reporting/CodeSystem/tbd-codes-cs'

/** LOINC codes of what molecular results say, by the names that the Genomics Reporting guide (STU3) gives them. */
export const GENOMIC = {
  geneticAnalysisReport: '51969-4',

  variant: '69548-6',
  genotype: '84413-4',
  haplotype: '84414-2',
  sequencePhaseRelationship: '82120-7',
  tumorMutationalBurden: '94076-7',
  microsatelliteInstability: '81695-9',
  regionsStudied: '53041-0',
  rangesExamined: '51959-5',

  geneStudied: '48018-6',
  cytogeneticLocation: '48001-2',
  chromosomeIdentifier: '48000-4',
  referenceSequenceAssembly: '62374-4',
  genomicRefSeq: '48013-7',
  transcriptRefSeq: '51958-7',
  dnaRegion: '47999-8',
  coordinateSystem: '92822-6',
  exactStartEnd: '81254-5',
  innerStartEnd: '81302-2',
  outerStartEnd: '81301-4',
  refAllele: '69547-8',
  altAllele: '69551-0',
  genomicHgvs: '81290-9',
  codingHgvs: '48004-6',
  proteinHgvs: '48005-3',
  variationCode: '81252-9',
  dbSnp: '81255-2',
  codingChangeType: '48019-4',
  copyNumber: '82155-3',
  genomicSourceClass: '48002-0',
  allelicState: '53034-5',
  sampleAllelicFrequency: '81258-6',
  allelicReadDepth: '82121-5',
  variantAnalysisMethod: '81304-8',

  drugMetabolism: '53040-2',
  drugEfficacy: '51961-1',
  medicationAssessed: '51963-7',
  medicationSuggestion: '82116-5',
  medicationSuggestionNarrative: '83010-9',
  clinicalSignificance: '53037-8',
  evidenceLevel: '93044-6',
  predictedPhenotype: '81259-4',
} as const

/** LOINC answers LA21254-0 (chromosome 1) to LA21277-1 (Y), list LL2938-0, which has none for the mitochondrion. */
const CHROMOSOMES: readonly string[] = [
  ...['LA21254-0', 'LA21255-7', 'LA21256-5', 'LA21257-3', 'LA21258-1', 'LA21259-9', 'LA21260-7', 'LA21261-5'],
  ...['LA21262-3', 'LA21263-1', 'LA21264-9', 'LA21265-6', 'LA21266-4', 'LA21267-2', 'LA21268-0', 'LA21269-8'],
  ...['LA21270-6', 'LA21271-4', 'LA21272-2', 'LA21273-0', 'LA21274-8', 'LA21275-5', 'LA21276-3', 'LA21277-1'],
]

/** LOINC's answer that is the chromosome "1" … "22", "X", "Y"; undefined for the mitochondrion and anything else. */
export function chromosomeAnswer(
  name: string,
): { readonly code: string; readonly display: string } | undefined {
  const code = CHROMOSOMES[(name === 'X' ? 23 : name === 'Y' ? 24 : Number(name)) - 1]
  return code === undefined ? undefined : { code, display: `Chromosome ${name}` }
}

export function isChromosomeAnswer(code: string): boolean {
  return CHROMOSOMES.includes(code)
}
