import { API_VERSION, type EntryType, informationOf, schemaOf } from './envelope.ts'

/** Who runs the Beacon, and where it is. */
export interface BeaconIdentity {
  /** Reverse domain name: "org.example.beacon". */
  readonly id: string
  readonly name: string
  /** Address under which it is reached, without a slash at the end. */
  readonly url: string
  readonly version: string
}

const TYPES: readonly (readonly [type: EntryType, name: string, path: string])[] = [
  ['genomicVariant', 'Genomic variants', 'g_variants'],
  ['individual', 'Individuals', 'individuals'],
  ['biosample', 'Biosamples', 'biosamples'],
  ['dataset', 'Datasets', 'datasets'],
  ['cohort', 'Cohorts', 'cohorts'],
]
const FRAMEWORK = 'https://raw.githubusercontent.com/ga4gh-beacon/beacon-v2/main/framework/json'

export function infoOf({ id, name, url, version }: BeaconIdentity): object {
  return informationOf(id, {
    id,
    name,
    apiVersion: API_VERSION,
    environment: 'prod',
    organization: { id, name, welcomeUrl: url },
    version,
    welcomeUrl: url,
  })
}

export function serviceInfoOf({ id, name, url, version }: BeaconIdentity): object {
  return {
    id,
    name,
    type: { group: 'org.ga4gh', artifact: 'beacon', version: API_VERSION },
    organization: { name, url },
    version,
  }
}

function entryTypes(): object {
  return Object.fromEntries(
    TYPES.map(([id, name]) => [
      id,
      {
        id,
        name,
        partOfSpecification: `Beacon ${API_VERSION}`,
        defaultSchema: { id: `beacon-${id}`, name, referenceToSchemaDefinition: schemaOf(id) },
        // Everybody at once is nobody's question.
        nonFilteredQueriesAllowed: id === 'dataset' || id === 'cohort',
      },
    ]),
  )
}

export function configurationOf({ id }: BeaconIdentity): object {
  return informationOf(id, {
    $schema: `${FRAMEWORK}/configuration/beaconConfigurationSchema.json`,
    maturityAttributes: { productionStatus: 'PROD' },
    securityAttributes: {
      defaultGranularity: 'boolean',
      securityLevels: ['PUBLIC', 'REGISTERED', 'CONTROLLED'],
    },
    entryTypes: entryTypes(),
  })
}

export function entryTypesOf({ id }: BeaconIdentity): object {
  return informationOf(id, { entryTypes: entryTypes() })
}

export function mapOf({ id, url }: BeaconIdentity): object {
  return informationOf(id, {
    $schema: `${FRAMEWORK}/configuration/beaconMapSchema.json`,
    endpointSets: Object.fromEntries(
      TYPES.map(([entryType, , path]) => [
        entryType,
        { entryType, rootUrl: `${url}/${path}`, singleEntryUrl: `${url}/${path}/{id}` },
      ]),
    ),
  })
}

/** What can be filtered by. Which terms occur is not told: a rare one would tell of a person. */
export function filteringTermsOf({ id }: BeaconIdentity): object {
  const scopes = ['individual', 'genomicVariant', 'biosample']
  return informationOf(id, {
    filteringTerms: [
      { type: 'ontologyTerm', id: 'NCIT:C16576', label: 'female', scopes },
      { type: 'ontologyTerm', id: 'NCIT:C20197', label: 'male', scopes },
    ],
    resources: [
      {
        id: 'hp',
        name: 'Human Phenotype Ontology',
        nameSpacePrefix: 'HP',
        iriPrefix: 'http://purl.obolibrary.org/obo/HP_',
      },
      {
        id: 'mondo',
        name: 'Mondo Disease Ontology',
        nameSpacePrefix: 'MONDO',
        iriPrefix: 'http://purl.obolibrary.org/obo/MONDO_',
      },
      {
        id: 'omim',
        name: 'Online Mendelian Inheritance in Man',
        nameSpacePrefix: 'OMIM',
        iriPrefix: 'https://www.omim.org/entry/',
      },
      {
        id: 'ncit',
        name: 'NCI Thesaurus',
        nameSpacePrefix: 'NCIT',
        iriPrefix: 'http://purl.obolibrary.org/obo/NCIT_',
      },
    ],
  })
}
