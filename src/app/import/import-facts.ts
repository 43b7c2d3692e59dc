import { readFileSync } from 'node:fs'
import { readGenotypes } from '../../intake/receive.ts'
import { openPgx } from '../../interpret/pgx/pgx.ts'
import type { FactPack } from '../../knowledge/fact-pack.ts'
import type { Facts } from '../../knowledge/facts.ts'
import { FHIR_CORE_PACK, FhirDefinitions } from '../../knowledge/fhir/definitions.ts'
import { importGuide } from '../../knowledge/import/fhir/guide.ts'
import { importGuidelines } from '../../knowledge/import/guideline/import-guidelines.ts'
import { importHpo } from '../../knowledge/import/hpo/import-hpo.ts'
import { importDiagnosisGroups } from '../../knowledge/import/oncotree/diagnosis-groups.ts'
import { importOncoTreeCodes } from '../../knowledge/import/oncotree/import-codes.ts'
import { importOncoTree } from '../../knowledge/import/oncotree/import-oncotree.ts'
import { type Grch37, readDefinitions } from '../../knowledge/import/pgx/allele-definitions.ts'
import { readPhenotypes } from '../../knowledge/import/pgx/phenotypes.ts'
import { writePack } from '../../knowledge/import/write-pack.ts'
import { ALLELE_PACK, panelLoci } from '../../knowledge/pgx/allele-definition.ts'
import { PHENOTYPE_PACK } from '../../knowledge/pgx/allele-function.ts'
import {
  FREQUENCY_PACK,
  isPopulationCode,
  type PopulationCode,
} from '../../knowledge/pgx/haplotype-frequency.ts'
import { readTable } from '../../knowledge/table.ts'
import { Fault } from '../../terms/fault.ts'
import { fileFault } from '../../terms/file-fault.ts'
import { importChain } from './chain.ts'
import { importCivicRelease } from './civic.ts'
import { importConditionCodes } from './condition-map.ts'
import { haplotypeFrequencyTable } from './haplotype-frequencies.ts'
import { importTumorTables } from './tumor-tables.ts'

/** One order to import a publisher's release. */
interface ImportOrder {
  readonly kind: string
  readonly path: string
  /** Further files, of a release that is several. */
  readonly more: readonly string[]
  /** Folder that holds packs; the new one is written below it. */
  readonly into: string
  readonly version: string | undefined
  readonly retrieved: string
  readonly facts: Facts
  /** Sample to population (two columns) for haplotype frequencies. */
  readonly populations: string | undefined
}

/** What an import made, in lines for the reader. */
type ImportReport = readonly string[]

type Importer = (order: ImportOrder) => Promise<ImportReport> | ImportReport

/** What can be imported, by the word behind "garrod facts import". */
export const IMPORTERS: Readonly<Record<string, { readonly reads: string; readonly run: Importer }>> = {
  alleles: {
    reads: 'folder of <GENE>_translation.json and exemptions.json of a ClinPGx release',
    run: importAlleles,
  },
  phenotypes: { reads: 'folder of phenotype <GENE>.json files of a ClinPGx release', run: importPhenotypes },
  cpic: {
    reads: 'guideline release: JSON files or JSON lines of recommendations',
    run: (order) => importRules(order, 'CPIC'),
  },
  dpwg: {
    reads: 'guideline release: JSON files or JSON lines of recommendations',
    run: (order) => importRules(order, 'DPWG'),
  },
  'fhir-ig': {
    reads:
      'folder of a FHIR R4 implementation guide: StructureDefinition (with snapshot), ValueSet, CodeSystem JSON',
    run: importFhirGuide,
  },
  chain: {
    reads: 'UCSC chain file between GRCh37 (hg19) and GRCh38 (hg38), plain or gzip',
    run: importChain,
  },
  hpo: {
    reads:
      'folder of an HPO release: hp.obo or hp.json, phenotype.hpoa, genes_to_disease.txt, hp-*.babelon.tsv',
    run: (order) => importHpo({ ...order, folder: order.path }),
  },
  oncotree: {
    reads: 'release of OncoTree as JSON, or a folder of oncotree_YYYY_MM_DD.json',
    run: importOncoTree,
  },
  civic: {
    reads:
      'TSV files of one CIViC release, or their folder: ClinicalEvidenceSummaries, VariantSummaries, MolecularProfileSummaries, AssertionSummaries',
    run: importCivicRelease,
  },
  'tumor-tables': {
    reads:
      'tables of this site for tumours: hotspot counts, established variants, guideline flags, annotations; --version names them',
    run: importTumorTables,
  },
  'condition-codes': {
    reads:
      'map of SNOMED CT or of codes of this site to ICD-10: the extended map of a release (Snapshot) or a FHIR ConceptMap as JSON; --version names it',
    run: importConditionCodes,
  },
  'oncotree-codes': { reads: 'ontology_mappings.tsv of OncoTree', run: importOncoTreeCodes },
  'matchminer-diagnoses': { reads: 'oncotree_mapping.json of a MatchMiner site', run: importDiagnosisGroups },
  haplotypes: {
    reads: 'phased multi-sample VCF; --populations names a table of sample and population',
    run: importHaplotypes,
  },
}

export function runImport(order: ImportOrder): Promise<ImportReport> | ImportReport {
  const importer = IMPORTERS[order.kind]
  if (importer === undefined) {
    throw new Fault(
      'IMPORT_KIND_UNKNOWN',
      'garrod facts import',
      `"${order.kind}" cannot be imported`,
      `Import one of: ${Object.keys(IMPORTERS).join(', ')}.`,
    )
  }
  return importer.run(order)
}

/** The head of the pack in force, for a new version of it. */
function nextHead(order: ImportOrder, id: string, version: string): Omit<FactPack, 'sha256'> {
  const { sha256: _sha256, ...head } = order.facts.pack(id).head
  return { ...head, version, retrieved: order.retrieved }
}

/** Profiles, extensions and codes of an implementation guide; validation uses its newest version, unless pinned. */
function importFhirGuide(order: ImportOrder): ImportReport {
  const { folder, profiles, valueSets } = importGuide({
    folder: order.path,
    into: order.into,
    version: order.version,
    retrieved: order.retrieved,
    core: new FhirDefinitions([order.facts.pack(FHIR_CORE_PACK)]),
    known: (id) => (order.facts.head(id) === undefined ? undefined : nextHead(order, id, '')),
  })
  return [`${folder}: ${profiles} profiles and extensions, ${valueSets} value sets`]
}

/** Positions that the pack in force already places on GRCh37 keep their place; new ones have none until one is given. */
function importAlleles(order: ImportOrder): ImportReport {
  const known = new Map<string, Grch37>(
    panelLoci(order.facts).flatMap((locus) =>
      locus.grch37 === undefined ? [] : [[locus.id, locus.grch37] as const],
    ),
  )
  const tables = readDefinitions(order.path, known)
  const version = order.version ?? dateOf(tables.version)
  const folder = writePack(
    order.into,
    nextHead(order, ALLELE_PACK, version),
    new Map(Object.entries(tables.files)),
  )
  const loci = readTable(tables.files['loci.tsv'], ['chromosome', 'position', 'grch37_position'], 'loci.tsv')
  const unplaced = loci
    .filter((locus) => locus.grch37_position === '')
    .map((locus) => `${locus.chromosome}:${locus.position}`)
  return [
    `${folder}: ${loci.length} positions`,
    ...(unplaced.length > 0
      ? [
          `${unplaced.length} positions have no GRCh37 counterpart and are unknown in GRCh37 files: ${unplaced.join(', ')}`,
        ]
      : []),
  ]
}

function importPhenotypes(order: ImportOrder): ImportReport {
  const tables = readPhenotypes(order.path)
  const version = order.version ?? dateOf(tables.version)
  const folder = writePack(
    order.into,
    nextHead(order, PHENOTYPE_PACK, version),
    new Map(Object.entries(tables.files)),
  )
  return [
    `${folder}: ${lines(tables.files['functions.tsv'])} alleles, ${lines(tables.files['phenotypes.tsv'])} phenotype rules`,
  ]
}

function importRules(order: ImportOrder, source: 'CPIC' | 'DPWG'): ImportReport {
  if (order.version === undefined)
    throw new Fault(
      'USAGE_VERSION',
      '--version',
      'a guideline release does not name its own version',
      'Give one, such as --version 2026-11.',
    )
  const report = importGuidelines({
    source,
    from: order.path,
    into: order.into,
    version: order.version,
    retrieved: order.retrieved,
    facts: order.facts,
  })
  return [
    `${report.folder}: ${report.rows} recommendations as ${report.rules} rules of ${report.guidelines} guidelines`,
    ...(report.uncoded.length > 0
      ? [`${report.uncoded.length} texts or terms are not coded yet; uncoded.jsonl lists them for review`]
      : []),
  ]
}

async function importHaplotypes(order: ImportOrder): Promise<ImportReport> {
  if (order.version === undefined)
    throw new Fault(
      'USAGE_VERSION',
      '--version',
      'a panel does not name its own version',
      'Give one, such as --version 2026-11.',
    )
  const populations =
    order.populations === undefined ? new Map<string, PopulationCode>() : readPopulations(order.populations)
  const room = openPgx(order.facts, 'ALL')
  const people = readGenotypes({ name: order.path, content: { path: order.path }, panel: room.panel })
  const table = await haplotypeFrequencyTable(people, (sample) => populations.get(sample), room)
  const folder = writePack(
    order.into,
    nextHead(order, FREQUENCY_PACK, order.version),
    new Map([['frequencies.tsv', table]]),
  )
  return [`${folder}: ${lines(table)} frequencies`]
}

/** Sample to population. Throws FILE_NOT_FOUND, POPULATION_UNKNOWN: a code left out would count people for nobody. */
function readPopulations(path: string): Map<string, PopulationCode> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (error) {
    throw fileFault(error, path)
  }
  return new Map(
    readTable(text, ['sample', 'population'], path).map(({ sample, population }) => {
      if (!isPopulationCode(population))
        throw new Fault(
          'POPULATION_UNKNOWN',
          path,
          `sample ${sample} is of population "${population}"`,
          'Use AFR, AMR, EAS, EUR or SAS.',
        )
      return [sample, population]
    }),
  )
}

/** "2025-11-05-00-25" is a date with a time; packs are named by the date. */
function dateOf(version: string): string {
  return /^\d{4}-\d{2}-\d{2}/.exec(version)?.[0] ?? version
}

function lines(table: string): number {
  return table.trimEnd().split('\n').length - 1
}
