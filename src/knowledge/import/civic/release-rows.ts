import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { Fault } from '../../../terms/fault.ts'

/** What a file of a release is about, told by its header. */
export type ReleaseFile = 'evidence' | 'variants' | 'profiles' | 'assertions' | 'descriptions'

/** One file: what it is about and its rows by column. The files have no quotes. */
export interface ReleaseTable {
  readonly path: string
  readonly about: ReleaseFile
  readonly rows: readonly Readonly<Record<string, string>>[]
}

/** A file of CIViC is some megabytes; far larger ones are not one. */
const LARGEST = 500_000_000

/** Columns that only one kind of file has, most telling first. */
const TELLING: readonly (readonly [string, ReleaseFile])[] = [
  ['assertion_summary', 'assertions'],
  ['amp_category', 'assertions'],
  ['evidence_level', 'evidence'],
  ['variant_ids', 'profiles'],
  ['variant_types', 'variants'],
  // Genes, features, groups of variants and drugs: sentences and lists of what stands elsewhere too.
  ['feature_id', 'descriptions'],
  ['gene_id', 'descriptions'],
  ['variant_group_id', 'descriptions'],
  ['drug_id', 'descriptions'],
  ['therapy_id', 'descriptions'],
]

/** A file of a release, plain or gzip, of 2019-2021 or of 2022 and later. Throws CIVIC_FILE_UNREADABLE, CIVIC_FILE_UNKNOWN. */
export function readReleaseTable(path: string): ReleaseTable {
  const lines = textOf(path).split(/\r?\n/)
  const header = lines[0]!.split('\t')
  const about = TELLING.find(([column]) => header.includes(column))?.[1]
  if (about === undefined)
    throw new Fault(
      'CIVIC_FILE_UNKNOWN',
      path,
      'the header is of no file of a CIViC release',
      'Give ClinicalEvidenceSummaries, VariantSummaries, MolecularProfileSummaries, AssertionSummaries or GeneSummaries as TSV.',
    )
  const rows = lines
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const cells = line.split('\t')
      return Object.fromEntries(header.map((name, at) => [name, (cells[at] ?? '').trim()]))
    })
  return { path, about, rows }
}

function textOf(path: string): string {
  try {
    const bytes = readFileSync(path)
    return (bytes[0] === 0x1f ? gunzipSync(bytes, { maxOutputLength: LARGEST }) : bytes).toString('utf8')
  } catch (error) {
    throw new Fault(
      'CIVIC_FILE_UNREADABLE',
      path,
      `the file cannot be read: ${(error as Error).message}`,
      'Give the TSV files of one release, plain or gzip.',
    )
  }
}

/** The first of the columns that the row has: releases renamed some. */
export function cell(row: Readonly<Record<string, string>>, ...names: readonly string[]): string {
  for (const name of names) {
    const value = row[name]
    if (value !== undefined) return value
  }
  return ''
}
