import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { garrod } from '../support/command-line.ts'
import { needs, sharedData } from '../support/shared-data.ts'

const folder = mkdtempSync(join(tmpdir(), 'garrod-vcf-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const sites = join(import.meta.dirname, '..', 'cases', 'vcf-index', 'sites.vcf.gz')

const known = join(folder, 'known.vcf')
writeFileSync(
  known,
  `##fileformat=VCFv4.2
##fileDate=2026-11-01
##reference=GRCh38
##INFO=<ID=AF,Number=A,Type=Float,Description="Frequency">
##INFO=<ID=CLNSIG,Number=.,Type=String,Description="Class">
#CHROM POS ID REF ALT QUAL FILTER INFO
chr1 104918 77 T A . . AF=0.01;CLNSIG=Benign
`.replace(/^(#CHROM|chr1).*$/gm, (line) => line.replaceAll(' ', '\t')),
)

test('the records at a region, by index and without', async () => {
  const asked = ['vcf', 'view', sites, '--region', 'chr1:100,000-110,000', '--no-header']
  const byIndex = await garrod(...asked)
  assert.equal(byIndex.exit, 0)
  assert.deepEqual(
    byIndex.out
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t')[1]),
    ['100598', '104918'],
  )
  assert.deepEqual(await garrod(...asked, '--no-index'), byIndex)
  const out = join(folder, 'panel.vcf')
  assert.equal((await garrod(...asked.slice(0, -1), '--out', out)).exit, 0)
  assert.match(readFileSync(out, 'utf8'), /^##fileformat=VCFv4\.3\n.*\n#CHROM\t.*104918/s)
  assert.equal((await garrod('vcf', 'view', sites, '--region', 'chr9:1-9', '--no-header')).exit, 1)
})

test('what was callable: the same answer as a table and as JSON; gaps are told by the exit code', async () => {
  const asked = ['vcf', 'callable', sites, '--region', 'chr1:104917-104919']
  const { exit, out } = await garrod(...asked)
  assert.equal(exit, 1)
  assert.deepEqual(out.split('\n').slice(1, 4), [
    'chr1\t104917\t104917\tnot-in-file\t',
    'chr1\t104918\t104918\tvariant\tT>A',
    'chr1\t104919\t104919\tnot-in-file\t',
  ])
  const answer = JSON.parse((await garrod(...asked, '--json')).out) as { bases: number; called: number }
  assert.deepEqual([answer.bases, answer.called], [3, 1])
  assert.equal((await garrod('vcf', 'callable', sites, '--region', 'chr1:104918')).exit, 0)
})

test('sites are taken from a VCF and put on another', async () => {
  const out = join(folder, 'known.sites')
  const built = await garrod(
    'vcf',
    'sites',
    known,
    '--take',
    'AF=popAF',
    '--take',
    'ID=known',
    '--out',
    out,
    '--json',
  )
  assert.equal(built.exit, 0)
  assert.partialDeepStrictEqual(JSON.parse(built.out), {
    sites: 1,
    version: '2026-11-01',
    assembly: 'GRCh38',
  })
  const annotated = await garrod('vcf', 'annotate', sites, '--with', out)
  assert.equal(annotated.exit, 0)
  assert.match(
    annotated.out,
    /^##INFO=<ID=popAF,Number=A,Type=Float,.*Source="known\.vcf",Version="2026-11-01">$/m,
  )
  const changed = annotated.out
    .split('\n')
    .filter((line) => line.includes(';popAF=') || line.includes('\tpopAF='))
  assert.equal(changed.length, 1)
  assert.match(changed[0]!, /^chr1\t104918\t.*\tpopAF=0\.01;known=77\tGT/)
  const before = await garrod(
    'vcf',
    'view',
    sites,
    '--region',
    'chr1',
    '--region',
    'chr2',
    '--region',
    'HLA-A*01:01',
  )
  const plain = annotated.out
    .replace(/^##INFO=<ID=(popAF|known),.*\n/gm, '')
    .replace('popAF=0.01;known=77', '.')
  assert.equal(plain, before.out)
})

test('another build, a key that is there already and unknown names are refused', async () => {
  const out = join(folder, 'refused.sites')
  const refusals: readonly (readonly [code: string, args: readonly string[]])[] = [
    ['SITES_FIELD_UNKNOWN', ['sites', known, '--take', 'AC', '--out', out]],
    ['BUILD_CONTRADICTS', ['sites', known, '--take', 'AF', '--out', out, '--assembly', 'GRCh37']],
    ['USAGE_ARGUMENT', ['sites', known, '--take', 'AF']],
    ['SITES_DAMAGED', ['annotate', sites, '--with', known]],
    ['LOCI_MALFORMED', ['view', sites, '--region', 'chr1:9-3']],
    ['USAGE_OPTION', ['view', sites, '--region', 'chr1', '--with', out]],
    ['VCF_SAMPLE_UNKNOWN', ['genotypes', sites, '--sample', 'S2']],
    ['USAGE_COMMAND', ['annotat', sites]],
  ]
  for (const [code, args] of refusals) {
    const { exit, err } = await garrod('vcf', ...args)
    assert.equal(exit, 2, args.join(' '))
    assert.match(err, new RegExp(`code   ${code}\n`), args.join(' '))
  }
  await garrod('vcf', 'sites', known, '--take', 'AF=END', '--out', out)
  assert.match((await garrod('vcf', 'annotate', sites, '--with', out)).err, /code {3}ANNOTATION_TAKEN/)
})

const trio = 'vcf/real/giab-ashkenazim-trio-b37.vcf.gz'
const noPeer =
  spawnSync('bcftools', ['--version'], { stdio: 'ignore' }).status !== 0 && 'bcftools is not installed'

test('a real trio beside bcftools: records of regions, genotypes', {
  skip: needs(trio) || noPeer,
}, async () => {
  const path = join(folder, 'trio.vcf.gz')
  copyFileSync(sharedData(trio)!, path)
  const peer = (...args: string[]) =>
    spawnSync('bcftools', args, { encoding: 'utf8', maxBuffer: 1 << 28 }).stdout
  // Written again by the peer, so that numbers are spelt as it spells them.
  const again = join(folder, 'again.vcf.gz')
  peer('view', '-Oz', '-o', again, path)
  const table = '%CHROM\t%POS\t%REF\t%ALT[\t%GT:%DP:%GQ]\n'
  assert.equal(
    (await garrod('vcf', 'genotypes', again, '--no-header')).out,
    peer('query', '-f', table, again),
  )
  const positions = peer('query', '-f', '%CHROM\t%POS\n', again)
    .split('\n')
    .filter((_, i) => i % 37 === 0)
  const loci = join(folder, 'loci.tsv')
  writeFileSync(loci, `${positions.join('\n')}\n`)
  for (const kind of ['-t', '-c']) {
    rmSync(`${again}.tbi`, { force: true })
    peer('index', kind, again)
    const ours = await garrod('vcf', 'view', again, '--loci', loci, '--no-header')
    assert.equal(ours.out, peer('view', '-H', '-R', loci, again))
    assert.ok(ours.out.length > 10_000)
  }
})
