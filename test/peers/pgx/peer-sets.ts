import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Content } from '../../../src/intake/upload.ts'
import { sharedData } from '../../support/shared-data.ts'
import { readTsv } from './tsv.ts'

/** What the peer printed for one gene of one sample; undefined where the set does not say. */
export interface PeerRow {
  readonly id: string
  readonly sample: string | undefined
  readonly gene: string
  readonly diplotypes: readonly string[]
  /** Variants without phase (DPYD, RYR1). */
  readonly alleles: readonly string[]
  readonly scores: readonly string[] | undefined
  readonly phenotypes: readonly string[] | undefined
  readonly activityScores: readonly string[] | undefined
  readonly lookupKeys: readonly string[] | undefined
  /** The peer listed every diplotype that fits, not only the best. */
  readonly all: boolean
}

/** One file and the peer's answers for it. */
export interface PeerFile {
  readonly name: string
  readonly content: () => Content
  readonly rows: readonly PeerRow[]
}

export interface PeerSet {
  readonly name: string
  readonly files: () => PeerFile[]
}

const list = (text: string | undefined, separator: string) =>
  text === undefined || text.trim() === '' ? [] : text.split(separator).map((one) => one.trim())
const none = (values: readonly string[]) =>
  values.filter((one) => one !== 'null' && one !== 'No Result' && one !== '')

function orRow(row: Record<string, string>, id: string): PeerRow {
  return {
    id,
    sample: row['sample'],
    gene: row['gene']!,
    diplotypes: list(row['sourceDiplotypes'], ' OR '),
    alleles: list(row['haplotypeMatches'], ' AND '),
    scores: list(row['matchScores'], ' OR '),
    phenotypes: none(list(row['phenotypes'], ' OR ')),
    activityScores: none(list(row['activityScores'], ' OR ')),
    lookupKeys: none(list(row['lookupKeys'], ' OR ')),
    all: false,
  }
}

function path(file: string): string {
  return sharedData(`pgx/${file}`)!
}

function generated(): PeerFile[] {
  const byGene = Map.groupBy(readTsv(path('cases/generated/expected.tsv')), (row) => row['gene']!)
  return [...byGene].map(([gene, rows]) => ({
    name: `${gene}.vcf.gz`,
    content: () => ({ path: path(`cases/generated/${gene}.vcf.gz`) }),
    rows: rows.map((row) => orRow(row, row['sample']!)),
  }))
}

function panel(vcf: string, expected: string, unphase: boolean): () => PeerFile[] {
  return () => {
    const rows = readTsv(path(expected)).map((row) => orRow(row, row['sample']!))
    return [{ name: vcf, content: () => (unphase ? unphased(path(vcf)) : { path: path(vcf) }), rows }]
  }
}

/** The same genotypes with the phase taken away. */
function unphased(file: string): Content {
  const bytes = gunzipSync(readFileSync(file))
  let header = true
  for (let i = 0; i < bytes.length; i++) {
    if (header && bytes[i] === 10 && bytes[i + 1] !== 35) header = false
    if (!header && bytes[i] === 124) bytes[i] = 47
  }
  return { bytes }
}

function resource(): PeerFile[] {
  const byFile = Map.groupBy(readTsv(path('cases/resource/expected.tsv')), (row) => row['vcf']!)
  return [...byFile].map(([vcf, rows]) => ({
    name: vcf,
    content: () => ({ path: path(`cases/resource/${vcf}`) }),
    rows: rows.map((row) => orRow(row, `${vcf} ${row['sample']}`)),
  }))
}

/** Rows in the research modes "combinations" are left out: partial alleles are not part of Garrod's answer. */
function matcherCases(): PeerFile[] {
  const rows = readTsv(path('cases/matcher_cases.tsv')).filter((row) => row['combinations'] === 'False')
  return [...Map.groupBy(rows, (row) => row['vcf']!)].map(([vcf, cases]) => ({
    name: vcf,
    content: () => ({ path: path(`cases/${vcf}`) }),
    rows: cases.map((row): PeerRow => {
      const told = row['source_labels'] !== '' || row['lookup_diplotypes'] !== ''
      return {
        id: row['case_id']!,
        sample: row['sample'],
        gene: row['gene']!,
        diplotypes: list(row['matcher_diplotypes'], ' | '),
        alleles: list(row['haplotypes'], ' | '),
        scores: list(row['scores'], ' | '),
        phenotypes: told ? none(list(row['phenotypes'], ' | ')) : undefined,
        activityScores: told ? none(list(row['activity_scores'], ' | ')) : undefined,
        lookupKeys: told ? none(list(row['lookup_keys'], ' | ')) : undefined,
        all: row['top_only'] === 'False',
      }
    }),
  }))
}

export const PEER_SETS: readonly PeerSet[] = [
  { name: 'generated cases, 20 genes, 12 kinds', files: generated },
  {
    name: '1000 Genomes 30x, phased',
    files: panel('real/1kgp30x_grch38.pgx.vcf.gz', 'real/1kgp30x_phased.expected.tsv.gz', false),
  },
  {
    name: '1000 Genomes 30x, unphased',
    files: panel('real/1kgp30x_grch38.pgx.vcf.gz', 'real/1kgp30x_unphased.expected.tsv.gz', true),
  },
  {
    name: 'DPYD 1000 Genomes, phased',
    files: panel(
      'real/1kgp_phase3_dpyd_grch38.vcf.gz',
      'real/1kgp_phase3_dpyd_phased.expected.tsv.gz',
      false,
    ),
  },
  {
    name: 'DPYD 1000 Genomes, unphased',
    files: panel(
      'real/1kgp_phase3_dpyd_grch38.vcf.gz',
      'real/1kgp_phase3_dpyd_unphased.expected.tsv.gz',
      true,
    ),
  },
  { name: 'test resource files', files: resource },
  { name: 'matcher test cases', files: matcherCases },
]
