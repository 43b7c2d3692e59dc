/** Names of HL7 table 0396 (and spellings of them that are in use) and the URI by which FHIR knows the terminology. */
const SYSTEMS: Readonly<Record<string, string>> = {
  LN: 'http://loinc.org',
  LOINC: 'http://loinc.org',
  SCT: 'http://snomed.info/sct',
  SNOMED: 'http://snomed.info/sct',
  'SNOMED-CT': 'http://snomed.info/sct',
  'SNOMED CT': 'http://snomed.info/sct',
  HGNC: 'http://www.genenames.org',
  'HGNC-SYMB': 'http://www.genenames.org',
  HGVS: 'http://varnomen.hgvs.org',
  'HGVS.C': 'http://varnomen.hgvs.org',
  'HGVS.G': 'http://varnomen.hgvs.org',
  'HGVS.P': 'http://varnomen.hgvs.org',
  'CLINVAR-V': 'http://www.ncbi.nlm.nih.gov/clinvar',
  CLINVAR: 'http://www.ncbi.nlm.nih.gov/clinvar',
  DBSNP: 'http://www.ncbi.nlm.nih.gov/snp',
  REFSEQ: 'http://www.ncbi.nlm.nih.gov/refseq',
  'REFSEQ-T': 'http://www.ncbi.nlm.nih.gov/refseq',
  'REFSEQ-G': 'http://www.ncbi.nlm.nih.gov/refseq',
  'NCBI-NUCLEOTIDE': 'http://www.ncbi.nlm.nih.gov/nuccore',
  COSMIC: 'http://cancer.sanger.ac.uk/cancergenome/projects/cosmic',
  RXNORM: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  RXN: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  ATC: 'http://www.whocc.no/atc',
  WC: 'http://www.whocc.no/atc',
  UCUM: 'http://unitsofmeasure.org',
  I10: 'http://hl7.org/fhir/sid/icd-10',
  I10C: 'http://hl7.org/fhir/sid/icd-10-cm',
  ICD10: 'http://hl7.org/fhir/sid/icd-10',
  I9C: 'http://hl7.org/fhir/sid/icd-9-cm',
  ICDO: 'http://terminology.hl7.org/CodeSystem/icd-o-3',
  OMIM: 'http://www.omim.org',
  MIM: 'http://www.omim.org',
  HPO: 'http://human-phenotype-ontology.org',
  PHARMVAR: 'http://www.pharmvar.org',
  'STAR-ALLELE': 'http://www.pharmvar.org',
  CPIC: 'https://cpicpgx.org',
  PHARMGKB: 'https://www.pharmgkb.org',
}

/**
 * URI of a coding system by its HL7 name, or undefined for a sender's own. HL7 tables are "HL7nnnn". SNM3 names the
 * SNOMED of 1993, whose codes have letters; a number under it is SNOMED CT, as the health service of England sends it.
 */
export function codeSystemUri(name: string, code: string): string | undefined {
  const word = name.trim().toUpperCase()
  if (/^HL7\d{4}$/.test(word)) return `http://terminology.hl7.org/CodeSystem/v2-${word.slice(3)}`
  if (word === 'SNM3' || word === 'SNM') return /^\d{6,18}$/.test(code) ? 'http://snomed.info/sct' : undefined
  if (/^https?:\/\/\S+$/i.test(name)) return name.trim()
  return SYSTEMS[word]
}

/** What codes of a terminology look like; one that does not is a slip, and nobody's code. */
const FORMS: Readonly<Record<string, RegExp>> = {
  'http://loinc.org': /^(?:\d{1,7}-\d|L[ALP]\d{1,8}-\d)$/,
  'http://snomed.info/sct': /^\d{6,18}$/,
  'http://www.nlm.nih.gov/research/umls/rxnorm': /^\d{1,8}$/,
}

/**
 * Whether a code means something beyond the sender: its terminology is known, and the code has its form. A URI that a
 * sender made up is still the sender's own.
 */
export function isStandard(name: string, code: string): boolean {
  const uri = /^https?:\/\//i.test(name) ? undefined : codeSystemUri(name, code)
  return uri !== undefined && (FORMS[uri]?.test(code) ?? true)
}
