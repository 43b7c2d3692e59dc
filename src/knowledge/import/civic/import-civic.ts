import { readdirSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { Fault } from '../../../terms/fault.ts'
import type { FactPack } from '../../fact-pack.ts'
import { writePack } from '../write-pack.ts'
import { ASSERTION_COLUMNS, assertionRow } from './assertion-row.ts'
import { EVIDENCE_COLUMNS, evidenceRow } from './evidence-row.ts'
import { profileReader } from './profile-reader.ts'
import { cell, type ReleaseTable, readReleaseTable } from './release-rows.ts'
import type { Lift } from './variant-name.ts'

const CIVIC_HEAD: Omit<FactPack, 'sha256' | 'version' | 'retrieved'> = {
  id: 'civic',
  title: 'CIViC: accepted evidence on variants in cancer, as facts with their sources',
  source: 'https://civicdb.org/',
  licence: 'CC0-1.0',
  attribution:
    'CIViC, Clinical Interpretation of Variants in Cancer (civicdb.org), Washington University School of Medicine; content dedicated to the public domain (CC0). Facts reshaped into tables; no statement or description is kept.',
  limits: [
    'Accepted evidence of one release. What was curated since is not in it; load a newer release with "garrod facts import civic".',
    'Variant names are free text: profiles.tsv says what each is read as, or why it is not. A profile without a category is never matched.',
    'Assertions are kept apart and are no evidence for a tier: they are conclusions from the evidence beside them.',
  ],
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * Files of a release of CIViC, 2019 to 2021 or later, as a new version of the pack. Every row is used or counted with its
 * reason in left-out.tsv. Throws CIVIC_FILE_*, CIVIC_NO_EVIDENCE, USAGE_VERSION, FACTS_*.
 */
export function importCivic(order: {
  readonly paths: readonly string[]
  readonly into: string
  readonly version: string | undefined
  readonly retrieved: string
  readonly lift: Lift
  /** Whether a text is a category that can be asked of a profile. */
  readonly readable: (category: string) => boolean
}): readonly string[] {
  const tables = order.paths.flatMap(filesOf).map(readReleaseTable)
  const files = civicTables(tables, order.lift, order.readable)
  const version = order.version ?? releaseDate(tables.map(({ path }) => basename(path)))
  if (version === undefined)
    throw new Fault(
      'USAGE_VERSION',
      '--version',
      'the files do not name one release',
      'Give --version 2021-08-01.',
    )
  const folder = writePack(order.into, { ...CIVIC_HEAD, version, retrieved: order.retrieved }, files)
  const count = (name: string) => files.get(name)!.trimEnd().split('\n').length - 1
  const leftOut = files.get('left-out.tsv')!.trimEnd().split('\n').slice(1)
  return [
    `${folder}: ${count('evidence.tsv')} evidence items of ${count('profiles.tsv')} variants and profiles`,
    ...leftOut.map((line) => `left out: ${line.replace(/^(.*)\t(\d+)$/, '$2 $1')}`),
  ]
}

/** The tables of the pack: profiles.tsv, evidence.tsv, diseases.tsv, assertions.tsv, left-out.tsv. */
function civicTables(
  tables: readonly ReleaseTable[],
  lift: Lift,
  readable: (category: string) => boolean,
): ReadonlyMap<string, string> {
  const rowsOf = (about: ReleaseTable['about']) =>
    tables.flatMap((one) => (one.about === about ? one.rows : []))
  if (rowsOf('evidence').length === 0)
    throw new Fault(
      'CIVIC_NO_EVIDENCE',
      tables.map(({ path }) => path).join(', '),
      'none of the files holds evidence',
      'Give ClinicalEvidenceSummaries of the release, best with VariantSummaries beside it.',
    )
  const leftOut = new Map<string, number>()
  const drop = (reason: string) => leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1)
  const profiles = profileReader(rowsOf('variants'), rowsOf('profiles'), lift, readable)
  const diseases = new Map<string, string>()
  const evidence = new Map<string, readonly string[]>()
  for (const row of rowsOf('evidence')) {
    const profile = profiles.idOf(row)
    const made =
      profile === undefined ? { leftOut: 'evidence that names no variant' } : evidenceRow(row, profile)
    if ('leftOut' in made) {
      drop(made.leftOut)
      continue
    }
    if (evidence.has(made.evidence)) {
      drop('evidence that stands in the files twice')
      continue
    }
    if (made.disease !== '') diseases.set(made.disease, cell(row, 'disease'))
    evidence.set(
      made.evidence,
      EVIDENCE_COLUMNS.map((name) => made[name]),
    )
  }
  const assertions = new Map<string, readonly string[]>()
  for (const row of rowsOf('assertions')) {
    const profile = profiles.idOf(row)
    const made = profile === undefined ? undefined : assertionRow(row, profile)
    if (made === undefined) drop('assertions that name no variant')
    else
      assertions.set(
        made.assertion,
        ASSERTION_COLUMNS.map((name) => made[name]),
      )
  }
  for (const { rows } of tables.filter(({ about }) => about === 'descriptions'))
    for (const _row of rows) drop('descriptions of genes, features, groups and drugs: sentences are not kept')
  const numbered = (a: readonly string[], b: readonly string[]) =>
    a[0]!.localeCompare(b[0]!, 'en', { numeric: true })
  const table = (columns: readonly string[], rows: readonly (readonly string[])[]) =>
    [columns, ...rows]
      .map((cells) => cells.join('\t'))
      .concat('')
      .join('\n')
  return new Map([
    ['profiles.tsv', table(['profile', 'name', 'category', 'reason'], profiles.rows().sort(numbered))],
    ['evidence.tsv', table(EVIDENCE_COLUMNS, [...evidence.values()].sort(numbered))],
    ['diseases.tsv', table(['disease', 'name'], [...diseases].sort(numbered))],
    ['assertions.tsv', table(ASSERTION_COLUMNS, [...assertions.values()].sort(numbered))],
    [
      'left-out.tsv',
      table(
        ['reason', 'rows'],
        [...leftOut].sort().map(([reason, count]) => [reason, `${count}`]),
      ),
    ],
  ])
}

function filesOf(path: string): readonly string[] {
  let folder: boolean
  try {
    folder = statSync(path).isDirectory()
  } catch {
    throw new Fault('CIVIC_FILE_UNREADABLE', path, 'there is no such file', 'Check the path and the rights.')
  }
  if (!folder) return [path]
  return readdirSync(path)
    .filter((name) => /Summaries\.tsv(\.gz)?$/.test(name))
    .sort()
    .map((name) => join(path, name))
}

/** "01-Aug-2021-…" is the release 2021-08-01; undefined: the files name none, or several. */
function releaseDate(names: readonly string[]): string | undefined {
  const dates = new Set(
    names.flatMap((name) => {
      const [, day, month, year] = /(\d{2})-([A-Z][a-z]{2})-(\d{4})/.exec(name) ?? []
      const at = MONTHS.indexOf(month ?? '')
      return at < 0 ? [] : [`${year}-${String(at + 1).padStart(2, '0')}-${day}`]
    }),
  )
  return dates.size === 1 ? [...dates][0] : undefined
}
