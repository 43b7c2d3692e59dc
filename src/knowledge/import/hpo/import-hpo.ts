import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { Fault } from '../../../terms/fault.ts'
import { readTable } from '../../table.ts'
import { writePack } from '../write-pack.ts'
import { annotationTables, type GeneLink } from './annotation-tables.ts'
import { readGenesToDisease, readGenesToPhenotype } from './gene-links.ts'
import { ANNOTATION_HEAD, LABEL_HEAD, ONTOLOGY_HEAD, type ReleaseHead } from './heads.ts'
import { ontologyTables, table } from './ontology-tables.ts'
import { readObo } from './read-obo.ts'
import { readObograph } from './read-obograph.ts'

const MEND =
  'Give a folder with hp.obo or hp.json, phenotype.hpoa and genes_to_disease.txt of one release; hp-*.babelon.tsv add languages.'
/** A release's largest file has about 30 MB. */
const LARGEST = 512 * 2 ** 20

/**
 * Reads a folder of HPO release files, each plain or gzip, into new versions of the packs "hpo", "hpo-annotations" and
 * "hpo-labels": those for which files are there. Throws IMPORT_FOLDER_UNREADABLE, HPO_NOTHING_HERE, and what the readers throw.
 */
export function importHpo(order: {
  readonly folder: string
  readonly into: string
  readonly version: string | undefined
  readonly retrieved: string
}): readonly string[] {
  const { folder } = order
  const made: { head: ReleaseHead; version: string; files: Map<string, string>; what: string }[] = []
  const ontologyFile = fileOf(folder, 'hp.obo') ?? fileOf(folder, 'hp.json')
  if (ontologyFile !== undefined) {
    const { path, text } = ontologyFile
    const release = /\.obo(\.gz)?$/.test(path) ? readObo(text, path) : readObograph(text, path)
    made.push({
      head: ONTOLOGY_HEAD,
      version: order.version ?? release.version,
      files: ontologyTables(release),
      what: `${release.terms.length} terms, ${release.synonyms.length} synonyms`,
    })
  }
  const annotationFile = fileOf(folder, 'phenotype.hpoa')
  if (annotationFile !== undefined) {
    const genes = geneLinks(folder)
    const tables = annotationTables(annotationFile.text, genes, annotationFile.path)
    const version = order.version ?? tables.version
    if (version === undefined)
      throw new Fault(
        'USAGE_VERSION',
        annotationFile.path,
        'the file does not name its version',
        'Give one with --version, such as --version 2026-09-01.',
      )
    made.push({
      head: ANNOTATION_HEAD,
      version,
      files: tables.files,
      what: `${tables.annotations} annotations of ${tables.diseases} diseases, ${genes.length} gene links`,
    })
  }
  const labels = labelTables(folder)
  if (labels.size > 0) {
    made.push({
      head: LABEL_HEAD,
      version: order.version ?? order.retrieved,
      files: labels,
      what: `${labels.size} languages`,
    })
  }
  if (made.length === 0)
    throw new Fault('HPO_NOTHING_HERE', folder, 'no file of an HPO release is here', MEND)
  return made.map(({ head, version, files, what }) => {
    const at = writePack(order.into, { ...head, version, retrieved: order.retrieved }, files)
    return `${at}: ${what}`
  })
}

function geneLinks(folder: string): readonly GeneLink[] {
  const direct = fileOf(folder, 'genes_to_disease.txt')
  if (direct !== undefined) return readGenesToDisease(direct.text, direct.path)
  const wide = fileOf(folder, 'genes_to_phenotype.txt')
  if (wide !== undefined) return readGenesToPhenotype(wide.text, wide.path)
  throw new Fault(
    'HPO_GENES_MISSING',
    folder,
    'neither genes_to_disease.txt nor genes_to_phenotype.txt is here',
    'Put one of them, of the same release, beside phenotype.hpoa: without it no disease has a gene.',
  )
}

/** hp-<language>.babelon.tsv of the HPO repository, the rows that translate a label. */
function labelTables(folder: string): Map<string, string> {
  const made = new Map<string, string>()
  for (const name of list(folder)) {
    const language = /^hp-([a-z]{2})\.babelon\.tsv(\.gz)?$/.exec(name)?.[1]
    if (language === undefined) continue
    const rows = readTable(
      readText(join(folder, name)),
      ['subject_id', 'predicate_id', 'translation_value', 'translation_status'],
      name,
    )
    const own = rows.filter(
      (one) =>
        one.predicate_id === 'rdfs:label' &&
        one.translation_value !== '' &&
        /^HP:\d{7}$/.test(one.subject_id),
    )
    const lines = own.map(
      (one) =>
        `${one.subject_id}\t${one.translation_value.replace(/\s+/g, ' ').trim()}\t${one.translation_status.toLowerCase()}`,
    )
    made.set(`${language}.tsv`, table('id\tlabel\tstatus', lines))
  }
  return made
}

function fileOf(folder: string, name: string): { readonly path: string; readonly text: string } | undefined {
  list(folder)
  for (const path of [join(folder, name), join(folder, `${name}.gz`)])
    if (existsSync(path)) return { path, text: readText(path) }
  return undefined
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder).sort()
  } catch {
    throw new Fault('IMPORT_FOLDER_UNREADABLE', folder, 'the folder of the release cannot be read', MEND)
  }
}

function readText(path: string): string {
  const bytes = readFileSync(path)
  try {
    return (bytes[0] === 0x1f ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes).toString('utf8')
  } catch (error) {
    throw new Fault('FILE_DAMAGED', path, `the file cannot be unpacked: ${(error as Error).message}`, MEND)
  }
}
