import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import fc from 'fast-check'
import { bgzip } from '../../../test/support/bgzip-writer.ts'
import { Fault } from '../../terms/fault.ts'
import type { Assembly } from '../../terms/genome.ts'
import { type BuildOptions, buildSites } from './build-sites.ts'
import { SiteFile } from './site-file.ts'
import { buildsIn, changeColumns, columnAt, isVcf, readTableHeader } from './table-header.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-table-'))
after(() => rmSync(folder, { recursive: true }))
const out = join(folder, 'scores.sites')

interface Asked {
  readonly take: readonly string[]
  readonly assembly?: Assembly
  readonly columns?: string
  readonly several?: BuildOptions['several']
}

/** The sites of a table as "chrom:position REF>ALT values", read from what was built. */
async function sitesOf(text: string, { take, assembly = 'GRCh38', columns, several }: Asked) {
  const path = join(folder, 'scores.tsv.gz')
  writeFileSync(path, bgzip(text, 97))
  const header = await readTableHeader(path, 'scores.tsv.gz')
  const order = {
    kind: 'table',
    options: {
      separator: header.separator,
      columns: changeColumns('scores.tsv.gz', header, assembly, columns),
      taken: take.map((one) => columnAt('scores.tsv.gz', header, one)),
    },
  }
  const source = { path, name: 'scores.tsv.gz', start: header.start, order }
  const named = take.map((id) => ({ id, description: '' }))
  const directory = await buildSites(source, out, {
    columns: named,
    assembly,
    version: '1',
    several,
    threads: 0,
  })
  const file = new SiteFile(out)
  const found: string[] = []
  for (const contig of directory.contigs) {
    const window = file.window(contig, contig.first)!
    for (const [entry, key] of window.keys.entries()) {
      const values = window.columns.map(({ values, texts }) => {
        const place = values[entry]!
        return place === 0
          ? '-'
          : Buffer.from(texts.bytes.slice(texts.ends[place - 1], texts.ends[place])).toString()
      })
      found.push(`${contig.key}:${key >>> 12} ${key & 4095} ${values.join(' ')}`)
    }
  }
  file.close()
  return { directory, found }
}

async function faultOf(made: Promise<unknown>): Promise<string> {
  const fault = await made.then(
    () => assert.fail('no fault'),
    (error: unknown) => error,
  )
  assert.ok(fault instanceof Fault, String(fault))
  return `${fault.code} ${fault.where}: ${fault.what}`
}

const table = (lines: readonly string[]) => lines.map((line) => `${line.replaceAll(' ', '\t')}\n`).join('')

test('a table as CADD writes it: a comment, then "#Chrom Pos Ref Alt" and scores', async () => {
  const cadd = ['##_CADD_GRCh38-v1.7', '#Chrom Pos Ref Alt RawScore PHRED']
  const { directory, found } = await sitesOf(
    table([...cadd, '1 10001 T A 0.70 8.478', '1 10001 T C -0.7 .', 'X 5 A ACG 1 22', 'X 9 A <DEL> 1 2']),
    { take: ['PHRED', 'RawScore'] },
  )
  assert.deepEqual(found, ['chr1:10001 12 8.478 0.70', 'chr1:10001 13 - -0.7', 'chrX:5 150 22 1'])
  assert.deepEqual(
    directory.columns.map(({ type }) => type),
    ['Float', 'Float'],
  )
  assert.equal(directory.skipped, 1)
})

test('a table as REVEL writes it: commas, both builds, rows without a position, a change twice', async () => {
  const revel = (row: string) =>
    `chr,hg19_pos,grch38_pos,ref,alt,aaref,aaalt,REVEL,Ensembl_transcriptid\n${row.replaceAll(' ', '\n')}\n`
  const rows = '1,35142,.,G,A,T,M,0.02,E1 1,35143,45143,T,A,T,S,0.2,E1;E2 1,35143,45143,T,A,T,K,0.03,E3'
  const first = await sitesOf(revel(rows), { take: ['REVEL', 'Ensembl_transcriptid'] })
  assert.deepEqual(first.found, ['chr1:45143 12 0.2 E1%3BE2'])
  const { skipped, repeated, differing, columns } = first.directory
  assert.deepEqual([skipped, repeated, differing], [1, 1, 1])
  assert.deepEqual(
    columns.map(({ type }) => type),
    ['Float', 'String'],
  )
  const old = await sitesOf(revel(rows), { take: ['REVEL'], assembly: 'GRCh37', several: 'lowest' })
  assert.deepEqual(old.found, ['chr1:35142 8 0.02', 'chr1:35143 12 0.03'])
  const high = await sitesOf(revel(rows), { take: ['REVEL'], several: 'highest' })
  assert.deepEqual(high.found, ['chr1:45143 12 0.2'])
  assert.match(
    await faultOf(sitesOf(revel(rows), { take: ['aaalt'], several: 'highest' })),
    /^SITES_NOT_NUMBERS .*"S" and "K"/,
  )
})

test('columns without names are told by number; what could be either is asked for', async () => {
  const rows = ['1 10 A G 7', '1 11 C T 8']
  assert.match(await faultOf(sitesOf(table(rows), { take: ['5'] })), /^TABLE_HEADER .*no names/)
  const { found, directory } = await sitesOf(table(rows), { take: ['5'], columns: '1,2,3,4' })
  assert.deepEqual(found, ['chr1:10 2 7', 'chr1:11 7 8'])
  assert.equal(directory.columns[0]!.type, 'Integer')
  const twice = ['chrom pos position ref alt s', ...rows.map((row) => row.replace(' ', ' 3 '))]
  assert.match(
    await faultOf(sitesOf(table(twice), { take: ['s'] })),
    /2 columns may be the position: pos, position/,
  )
  assert.deepEqual((await sitesOf(table(twice), { take: ['s'], columns: 'chrom,position,ref,alt' })).found, [
    'chr1:10 2 7',
    'chr1:11 7 8',
  ])
  const bed = ['chrom start end ref alt s', '1 9 10 A G 7']
  assert.match(await faultOf(sitesOf(table(bed), { take: ['s'] })), /no column is known to be the position/)
  const other = ['chrom hg19_pos ref alt s', '1 9 A G 7']
  assert.match(await faultOf(sitesOf(table(other), { take: ['s'] })), /no column .* position of GRCh38/)
  assert.match(await faultOf(sitesOf(table(bed), { take: ['t'], columns: '1,3,4,5' })), /no column "t"/)
})

test('a row that cannot be read ends the reading, with its line', async () => {
  const head = '#chrom pos ref alt s'
  assert.match(
    await faultOf(sitesOf(table([head, '1 1 A G 7', '1 1e3 A G 7']), { take: ['s'] })),
    /^TABLE_POSITION scores.tsv.gz:3, position: "1e3"/,
  )
  assert.match(
    await faultOf(sitesOf(table([head, '1 1 A G 7', '1 2 A G']), { take: ['s'] })),
    /^TABLE_COLUMNS scores.tsv.gz:3/,
  )
  assert.match(
    await faultOf(sitesOf('chrom,pos,ref,alt,s\n1,5,A,G,1\n1,6,A,G,"1,2"\n', { take: ['s'] })),
    /^TABLE_QUOTED scores.tsv.gz:3/,
  )
  assert.match(
    await faultOf(sitesOf(table([head, '1 9 A G 7', '1 8 A G 7']), { take: ['s'] })),
    /^SITES_UNSORTED/,
  )
  assert.match(await faultOf(sitesOf('neither\n', { take: ['s'] })), /^TABLE_HEADER/)
})

test('what no change of bases has is left out and counted', async () => {
  const rows = ['#chrom pos ref alt s', '1 1 - A 1', '1 2 A - 2', '1 3 A * 3', '1 4 N A 4', '1 5 a g 5']
  const { found, directory } = await sitesOf(table(rows), { take: ['s'] })
  assert.deepEqual(found, ['chr1:4 4095 4', 'chr1:5 2 5'])
  assert.equal(directory.skipped, 3)
})

test('builds that comments speak of, and VCFs told from tables', async () => {
  const path = join(folder, 'a.tsv')
  writeFileSync(path, table(['##_hg19_and_GRCh38', '## none', '#chrom pos ref alt s', '1 1 A G 1']))
  assert.deepEqual(buildsIn(await readTableHeader(path, 'a.tsv')), ['GRCh38', 'GRCh37'])
  assert.equal(await isVcf(path, 'a.tsv'), false)
  assert.equal(await isVcf(path, 'a.vcf.gz'), true)
  writeFileSync(path, '##fileformat=VCFv4.2\n')
  assert.equal(await isVcf(path, 'a.tsv'), true)
})

test('whatever the rows, each change is found with its own score', async () => {
  const base = fc.constantFrom('A', 'C', 'G', 'T')
  const change = fc.tuple(fc.integer({ min: 1, max: 4000 }), base, base, fc.nat(99))
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 60 }), async (changes) => {
      const sorted = changes.filter(([, ref, alt]) => ref !== alt).sort(([a], [b]) => a - b)
      if (sorted.length === 0) return
      const lines = sorted.map(([position, ref, alt, score]) => `7 ${position} ${ref} ${alt} ${score}`)
      const { found } = await sitesOf(table(['#Chrom Pos Ref Alt S', ...lines]), { take: ['S'] })
      const expected = new Map<string, number>()
      for (const [position, ref, alt, score] of sorted) {
        const key = `chr7:${position} ${4 * 'ACGT'.indexOf(ref) + 'ACGT'.indexOf(alt)}`
        if (!expected.has(key)) expected.set(key, score)
      }
      assert.deepEqual(new Set(found), new Set([...expected].map(([key, score]) => `${key} ${score}`)))
    }),
    { numRuns: 40, seed: 6120 },
  )
})
