/** FHIR code systems of the ontologies that phenopackets name by prefix (HL7 Terminology; Genomics Reporting IG). */
const SYSTEMS: Readonly<Record<string, string>> = {
  HP: 'http://human-phenotype-ontology.org',
  MONDO: 'http://purl.obolibrary.org/obo/mondo.owl',
  OMIM: 'http://www.omim.org',
  ORPHA: 'http://www.orpha.net',
  NCIT: 'http://ncicb.nci.nih.gov/xml/owl/EVS/Thesaurus.owl',
  LOINC: 'http://loinc.org',
  SNOMEDCT: 'http://snomed.info/sct',
  UCUM: 'http://unitsofmeasure.org',
  HGNC: 'http://www.genenames.org/geneId',
  SO: 'http://www.sequenceontology.org',
  RXNORM: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  RxNorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  ATC: 'http://www.whocc.no/atc',
}

/** Of prefixes without a system that FHIR gives: reversible, and the same from every sender. */
const OTHER = 'https://bioregistry.io/registry/'

const PREFIXES = new Map(Object.entries(SYSTEMS).map(([prefix, system]) => [system, prefix]))
PREFIXES.set('http://www.nlm.nih.gov/research/umls/rxnorm', 'RXNORM')

/** "HP:0001166" as system and code. HGNC, OMIM-like codes keep what FHIR's system has: HP, MONDO and HGNC with their prefix. */
export function codingOfCurie(curie: string): { readonly system?: string; readonly code: string } {
  const [, prefix, local] = /^([A-Za-z][\w.-]*):(\S+)$/.exec(curie) ?? []
  if (prefix === undefined || local === undefined) return { code: curie }
  const system = SYSTEMS[prefix] ?? `${OTHER}${prefix}`
  return { system, code: PREFIXED.has(prefix) ? curie : local }
}

/** Systems whose codes hold the prefix themselves. */
const PREFIXED = new Set(['HP', 'MONDO', 'HGNC', 'SO'])

/** The other way; undefined where there is no code. A code of a system without a prefix keeps its system's address. */
export function curieOfCoding(system: string | undefined, code: string | undefined): string | undefined {
  if (code === undefined || code === '') return undefined
  if (system === undefined) return code
  const prefix = PREFIXES.get(system) ?? (system.startsWith(OTHER) ? system.slice(OTHER.length) : undefined)
  if (prefix === undefined) return `${system}#${code}`
  return code.startsWith(`${prefix}:`) ? code : `${prefix}:${code}`
}

/** "HP" of "HP:0001166". */
export function prefixOf(curie: string): string | undefined {
  return /^([A-Za-z][\w.-]*):[^/]/.exec(curie)?.[1]
}
