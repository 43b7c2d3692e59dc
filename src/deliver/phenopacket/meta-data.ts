import type { MetaData, Phenopacket } from '../../record/phenopacket.ts'
import { prefixOf } from '../../terms/curie.ts'

type Ontology = NonNullable<MetaData['resources']>[number]

const KNOWN: Readonly<Record<string, readonly [id: string, name: string, url: string, iriPrefix: string]>> = {
  HP: [
    'hp',
    'Human Phenotype Ontology',
    'http://purl.obolibrary.org/obo/hp.owl',
    'http://purl.obolibrary.org/obo/HP_',
  ],
  MONDO: [
    'mondo',
    'Mondo Disease Ontology',
    'http://purl.obolibrary.org/obo/mondo.owl',
    'http://purl.obolibrary.org/obo/MONDO_',
  ],
  OMIM: [
    'omim',
    'Online Mendelian Inheritance in Man',
    'https://www.omim.org',
    'https://www.omim.org/entry/',
  ],
  GENO: [
    'geno',
    'Genotype Ontology',
    'http://purl.obolibrary.org/obo/geno.owl',
    'http://purl.obolibrary.org/obo/GENO_',
  ],
  NCIT: [
    'ncit',
    'NCI Thesaurus',
    'http://purl.obolibrary.org/obo/ncit.owl',
    'http://purl.obolibrary.org/obo/NCIT_',
  ],
  HGNC: [
    'hgnc',
    'HUGO Gene Nomenclature Committee',
    'https://www.genenames.org',
    'https://identifiers.org/hgnc/',
  ],
  LOINC: [
    'loinc',
    'Logical Observation Identifiers Names and Codes',
    'https://loinc.org',
    'https://loinc.org/',
  ],
  SNOMEDCT: ['snomedct', 'SNOMED CT', 'http://snomed.info/sct', 'http://snomed.info/id/'],
  UCUM: ['ucum', 'Unified Code for Units of Measure', 'https://ucum.org', 'https://ucum.org/'],
  RXNORM: [
    'rxnorm',
    'RxNorm',
    'https://www.nlm.nih.gov/research/umls/rxnorm',
    'https://identifiers.org/rxcui:',
  ],
  SO: [
    'so',
    'Sequence Ontology',
    'http://purl.obolibrary.org/obo/so.owl',
    'http://purl.obolibrary.org/obo/SO_',
  ],
}

/**
 * metaData of an export: who made it and when, the ontologies whose terms it uses (as their senders described them, the
 * version left empty where nobody said it), and the references of what was taken in. `at`: ISO 8601 instant.
 */
export function metaDataOf(
  packet: Omit<Phenopacket, 'metaData'>,
  earlier: readonly MetaData[],
  at: string,
): MetaData {
  const told = new Map<string, Ontology>()
  for (const { resources = [] } of earlier) for (const one of resources) told.set(one.namespacePrefix, one)
  const used = new Set<string>()
  gather(packet, used)
  const resources = [...new Set([...told.keys(), ...used])].sort().map((prefix): Ontology => {
    const said = told.get(prefix)
    if (said !== undefined) return said
    const [id, name, url, iriPrefix] = KNOWN[prefix] ?? [prefix.toLowerCase(), prefix, '', '']
    return { id, name, url, version: '', namespacePrefix: prefix, iriPrefix }
  })
  const references = new Map(
    earlier.flatMap(({ externalReferences = [] }) =>
      externalReferences.map((one) => [JSON.stringify(one), one] as const),
    ),
  )
  const updates = new Map(
    earlier.flatMap(({ updates: made = [] }) => made.map((one) => [JSON.stringify(one), one] as const)),
  )
  return {
    created: at,
    createdBy: 'Garrod',
    ...(resources.length === 0 ? {} : { resources }),
    ...(updates.size === 0 ? {} : { updates: [...updates.values()] }),
    phenopacketSchemaVersion: '2.0.2',
    ...(references.size === 0 ? {} : { externalReferences: [...references.values()] }),
  }
}

/** Prefixes of every ontology term. */
function gather(value: unknown, used: Set<string>): void {
  if (typeof value !== 'object' || value === null) return
  if (Array.isArray(value)) {
    for (const one of value) gather(one, used)
    return
  }
  const { id, label } = value as { id?: unknown; label?: unknown }
  if (typeof id === 'string' && typeof label === 'string' && Object.keys(value).length === 2) {
    const prefix = prefixOf(id)
    if (prefix !== undefined) used.add(prefix)
  }
  for (const one of Object.values(value)) gather(one, used)
}
