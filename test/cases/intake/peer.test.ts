import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import { readGenotypes } from '../../../src/intake/receive.ts'
import { Facts } from '../../../src/knowledge/facts.ts'
import { panelLoci } from '../../../src/knowledge/pgx/allele-definition.ts'
import type { GenotypeSet } from '../../../src/record/genotype.ts'
import { needs, sharedData } from '../../support/shared-data.ts'

/**
 * The reader against the peer's published preprocessing and against what the peer saw in the same files: how many
 * defining positions of a gene were read, and whether any carried a base that the definition does not know.
 */
const PANEL = panelLoci(Facts.find([join(dirname(fileURLToPath(import.meta.url)), '../../../facts')]))

async function setsOf(path: string): Promise<Map<string, GenotypeSet>> {
  const sets = new Map<string, GenotypeSet>()
  const arrival = { name: path, content: { path: sharedData(`pgx/${path}`)! }, panel: PANEL }
  for await (const set of readGenotypes({ ...arrival, options: { order: 'any' } })) sets.set(set.sample, set)
  return sets
}

function rowsOf(path: string): Record<string, string>[] {
  const bytes = readFileSync(sharedData(`pgx/${path}`)!)
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
  const [head, ...rows] = text
    .trimEnd()
    .split('\n')
    .map((row) => row.split('\t'))
  return rows.map((row) => Object.fromEntries(head!.map((column, i) => [column, row[i] ?? ''])))
}

function genotypes(set: GenotypeSet, ordered: boolean): Map<string, string> {
  return new Map(
    set.calls.map(
      (call) => [call.locus, (ordered ? call.alleles : [...call.alleles].sort()).join('/')] as const,
    ),
  )
}

test('a raw file reads as the peer’s preprocessor wrote it, without its 0.9 GB reference', {
  skip: needs('pgx/cases/preprocessor/raw.vcf'),
}, async () => {
  const raw = await setsOf('cases/preprocessor/raw.vcf')
  const prepared = await setsOf('cases/preprocessor/raw.preprocessed.vcf')
  assert.deepEqual([...raw.keys()], ['Sample_1', 'Sample_2'])
  for (const [sample, set] of raw) {
    const [ours, theirs] = [genotypes(set, true), genotypes(prepared.get(sample)!, true)]
    assert.equal(theirs.size, 14)
    assert.deepEqual([...ours].sort(), [...theirs].sort())
  }
})

test('real genomes: every genotype of the preprocessed file is read alike from the raw joint file', {
  skip: needs('pgx/real/getrm_wgs30x_raw_unphased.vcf.gz'),
}, async () => {
  const raw = await setsOf('real/getrm_wgs30x_raw_unphased.vcf.gz')
  for (const sample of ['NA18526', 'NA18565']) {
    const ours = genotypes(raw.get(sample)!, false)
    const [theirs] = (await setsOf(`real/${sample}.preprocessed.vcf`)).values()
    const prepared = genotypes(theirs!, false)
    assert.ok(prepared.size > 200)
    for (const [locus, alleles] of prepared) assert.equal(ours.get(locus), alleles, `${sample} ${locus}`)
  }
})

/** Files of this set write deletions shifted to the right, which the peer does not recognise and we do. */
const SHIFTED = new Set([
  's2s24.vcf',
  's24s24.vcf',
  's1s61.vcf',
  'c557c703.vcf',
  'novariant.vcf',
  'c2846het.vcf',
  's1s2b.vcf',
])

for (const [name, table, fileOf, least] of [
  ['test cases', 'cases/matcher_cases.tsv', (row) => `cases/${row['vcf']}`, 240],
  ['test resources', 'cases/resource/expected.tsv', (row) => `cases/resource/${row['vcf']}`, 100],
  ['generated cases', 'cases/generated/expected.tsv', (row) => `cases/generated/${row['gene']}.vcf.gz`, 3800],
  ['1000 Genomes', 'real/1kgp30x_phased.expected.tsv.gz', () => 'real/1kgp30x_grch38.pgx.vcf.gz', 31_000],
] as const satisfies readonly (readonly [
  string,
  string,
  (row: Record<string, string>) => string,
  number,
])[]) {
  test(`${name}: positions seen as the peer saw them`, { skip: needs(`pgx/${table}`) }, async () => {
    const loci = Map.groupBy(
      PANEL.filter((locus) => !locus.extra),
      (locus) => locus.gene,
    )
    let compared = 0
    for (const [file, rows] of Map.groupBy(rowsOf(table), fileOf)) {
      const sets = await setsOf(file)
      for (const row of rows) {
        const read = genotypes(sets.get(row['sample']!)!, true)
        const ofGene = loci.get(row['gene']!)!
        const seen = ofGene.filter((locus) => read.has(locus.id))
        const unlisted = seen.filter((locus) =>
          read
            .get(locus.id)!
            .split('/')
            .some((base) => base !== '.' && base !== locus.ref && !locus.alts.includes(base)),
        )
        const shifted = SHIFTED.has(row['vcf'] ?? '') && ['DPYD', 'CYP2C9'].includes(row['gene']!) ? 1 : 0
        assert.equal(
          seen.length,
          Number(row['positions']) + shifted,
          `${file} ${row['sample']} ${row['gene']}`,
        )
        assert.equal(
          unlisted.length > 0,
          Number(row['undocumented']) > 0,
          `${file} ${row['sample']} ${row['gene']}`,
        )
        compared += 1
      }
    }
    assert.ok(compared >= least, `only ${compared} rows were compared`)
  })
}

test('GRCh37 without a header reads as GRCh37, and the same people agree with their GRCh38 file', {
  skip: needs('pgx/real/1kgp_phase3_grch37.pgx.vcf.gz'),
}, async () => {
  const on37 = await setsOf('real/1kgp_phase3_grch37.pgx.vcf.gz')
  const on38 = await setsOf('real/1kgp30x_grch38.pgx.vcf.gz')
  const disagreeing = new Map<string, number>()
  let same = 0
  for (const [sample, set] of on37) {
    assert.equal(set.assembly, 'GRCh37')
    const other = on38.get(sample)
    if (other === undefined) continue
    const theirs = genotypes(other, false)
    for (const [locus, alleles] of genotypes(set, false)) {
      const found = theirs.get(locus)
      // One X of a man is written with one allele in one call set and with two in the other.
      if (found === undefined || locus.startsWith('chrX:')) continue
      if (found === alleles) same += 1
      else disagreeing.set(locus, (disagreeing.get(locus) ?? 0) + 1)
    }
  }
  const different = [...disagreeing.values()].reduce((a, b) => a + b, 0)
  assert.ok(same > 200_000)
  // Two call sets of the same people are not one: 0.2 % of genotypes differ, most of them of the UGT1A1 repeat.
  assert.ok(different / (same + different) < 0.003, `${different} of ${same + different}`)
})
