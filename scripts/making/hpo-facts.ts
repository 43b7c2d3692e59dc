// Writes facts/hpo, facts/hpo-labels and facts/hpo-annotations from tables cut out of HPO releases (gzip TSV, one folder):
// terms, synonyms, alternative ids, labels in other languages, gene links and phenotype.hpoa.
// Run with Node 24: node scripts/making/hpo-facts.ts FOLDER. A site with the current release runs "garrod facts import hpo".
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { annotationTables } from '../../src/knowledge/import/hpo/annotation-tables.ts'
import { ANNOTATION_HEAD, LABEL_HEAD, ONTOLOGY_HEAD } from '../../src/knowledge/import/hpo/heads.ts'
import {
  ontologyTables,
  type ReleasedSynonym,
  table,
} from '../../src/knowledge/import/hpo/ontology-tables.ts'
import { writePack } from '../../src/knowledge/import/write-pack.ts'
import { readTable } from '../../src/knowledge/table.ts'

const [from] = process.argv.slice(2)
if (from === undefined) throw new Error('name the folder of the tables')
const into = join(import.meta.dirname, '..', '..', 'facts')
const RETRIEVED = '2026-11-22'
const text = (name: string) => gunzipSync(readFileSync(join(from, name))).toString('utf8')
const rows = <C extends string>(name: string, ...columns: C[]) => readTable(text(name), columns, name)

const scopes: Readonly<Record<string, ReleasedSynonym['scope']>> = {
  EXACT: 'exact',
  BROAD: 'broad',
  NARROW: 'narrow',
  RELATED: 'related',
  layperson: 'layperson',
}
const ontology = ontologyTables({
  version: '2025-01-16',
  terms: rows('terms-2025-01-16.tsv.gz', 'id', 'name', 'parents', 'obsolete', 'replaced_by').map((one) => ({
    id: one.id,
    name: one.name,
    parents: one.parents === '' ? [] : one.parents.split('|'),
    obsolete: one.obsolete === '1',
    replacedBy: one.replaced_by === '' ? undefined : one.replaced_by,
  })),
  synonyms: rows('synonyms.tsv.gz', 'hpo_id', 'synonym', 'scope').map((one) => ({
    id: one.hpo_id,
    text: one.synonym,
    scope: scopes[one.scope] ?? 'related',
  })),
  altIds: rows('alt-ids-2014.tsv.gz', 'alt_id', 'primary_id').map((one) => ({
    alt: one.alt_id,
    id: one.primary_id,
  })),
})
const labels = new Map(
  readdirSync(from)
    .flatMap((name) => /^labels-([a-z]{2})\.tsv\.gz$/.exec(name)?.[1] ?? [])
    .map((language) => [
      `${language}.tsv`,
      table(
        'id\tlabel\tstatus',
        rows<string>(`labels-${language}.tsv.gz`, 'hpo_id', language, 'status').map(
          (one) => `${one['hpo_id']!}\t${one[language]!}\t${one['status']!.toLowerCase()}`,
        ),
      ),
    ]),
)
const genes = rows('gene-disease-2023-01.tsv.gz', 'ncbi_gene_id', 'symbol', 'disease_id').map((one) => ({
  symbol: one.symbol,
  ncbiGene: one.ncbi_gene_id,
  disease: one.disease_id,
}))
const annotations = annotationTables(text('phenotype-2023-01-27.hpoa.gz'), genes, 'phenotype.hpoa')

for (const [head, version, files] of [
  [ONTOLOGY_HEAD, '2025-01-16', ontology],
  [LABEL_HEAD, '2026-06', labels],
  [ANNOTATION_HEAD, '2023-01-27', annotations.files],
] as const) {
  rmSync(join(into, head.id, version), { recursive: true, force: true })
  process.stdout.write(`${writePack(into, { ...head, version, retrieved: RETRIEVED }, files)}\n`)
}
