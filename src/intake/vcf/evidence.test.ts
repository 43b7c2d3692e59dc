import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oneLine, PANEL, saidAt, setsOf, vcfOf } from '../../../test/cases/intake/small-panel.ts'
import type { ReadOptions } from '../format.ts'

const ID = 'chr10:94942290'
const AD = { meta: ['##FORMAT=<ID=AD,Number=R,Type=Integer,Description="Allelic depths">'] }

const line = (format: string, gt: string, filter = 'PASS') =>
  `chr10 94942290 . C T . ${filter} . ${format} ${gt}`

for (const [filter, gt, said] of [
  ['PASS', '0/1', 'C/T'],
  ['.', '0/1', 'C/T'],
  ['LowQual', '0/1', 'filtered'],
  ['LowQual', '0/0', 'filtered'],
  ['VQSRTrancheSNP99.80to100.00;LowQual', '0/1', 'filtered'],
  // a preprocessor's remarks, and GLnexus on sites it could not unify
  ['PCATxREF', '0/1', 'C/T'],
  ['PCATxALT;PCATxINDEL', '0/1', 'C/T'],
  ['MONOALLELIC', '0/1', 'C/T'],
  ['MONOALLELIC;LowQual', '0/1', 'filtered'],
  // DeepVariant writes RefCall where it found the reference
  ['RefCall', '0/0', 'C/C'],
  ['RefCall', '0/1', 'filtered'],
] as const) {
  test(`FILTER ${filter} with ${gt}`, async () => {
    assert.equal(await oneLine(line('GT', gt, filter), ID), said)
    const ignoring = await oneLine(line('GT', gt, filter), ID, { rules: { filters: 'ignore' } })
    assert.equal(ignoring, gt === '0/1' ? 'C/T' : 'C/C')
  })
}

for (const [format, gt, rules, said] of [
  ['GT:FT', '0/1:PASS', {}, 'C/T'],
  ['GT:FT', '0/1:.', {}, 'C/T'],
  ['GT:FT', '0/1:LowGQ', {}, 'filtered'],
  ['GT:DP', '0/0:0', {}, 'low-depth'],
  ['GT:DP', '0/0:1', {}, 'C/C'],
  ['GT:DP', '0/0:.', {}, 'C/C'],
  ['GT:DP', '0/1:9', { minDepth: 10 }, 'low-depth'],
  ['GT:DP', '0/1:10', { minDepth: 10 }, 'C/T'],
  ['GT', '0/1', { minDepth: 10 }, 'C/T'],
  ['GT:GQ', '0/1:19', { minQuality: 20 }, 'low-quality'],
  ['GT:GQ', '0/1:20', { minQuality: 20 }, 'C/T'],
  ['GT:GQ', '0/1:3', {}, 'C/T'],
] as const satisfies readonly (readonly [string, string, ReadOptions['rules'], string])[]) {
  test(`${format} ${gt} under ${JSON.stringify(rules)}`, async () => {
    assert.equal(await oneLine(line(format, gt), ID, { rules }), said)
  })
}

for (const [gt, said] of [
  ['0/1:12,9', 'C/T'],
  ['0/1:91,0', 'reads-contradict'],
  ['0/1:0,91', 'reads-contradict'],
  ['0|1:91,0', 'reads-contradict'],
  // no reads at all say nothing against it, and a homozygous call is left to its caller
  ['0/1:0,0', 'C/T'],
  ['1/1:91,0', 'T/T'],
  ['0/1:.', 'C/T'],
  // depths that do not fit the alleles are not used
  ['0/1:91', 'C/T'],
  ['0/1:91,0,3', 'C/T'],
  ['0/1:91,.', 'C/T'],
] as const) {
  test(`allele depths ${gt}`, async () => {
    assert.equal(await oneLine(line('GT:AD', gt), ID, {}, AD), said)
    // Without Number=R the depths cannot be given to alleles.
    assert.equal((await oneLine(line('GT:AD', gt), ID)).includes('/') || gt.startsWith('0|1'), true)
  })
}

test('allele depths that were not used are told', async () => {
  const [set] = await setsOf(vcfOf([line('GT:AD', '0/1:91')], AD))
  assert.match(set!.notes.join(), /allele depths \(AD\) that do not fit/)
})

const block = (more: string) => `chr10 94942200 . A <NON_REF> . . END=94942300 ${more}`

for (const [text, said] of [
  [block('GT 0/0'), 'C/C'],
  [block('GT:DP:GQ:MIN_DP:PL 0/0:32:90:28:0,81,1000'), 'C/C'],
  [block('GT:DP:GQ:MIN_DP:PL 0/0:32:20:28:0,81,1000'), 'C/C'],
  [block('GT:DP:GQ:MIN_DP:PL 0/0:32:19:28:0,81,1000'), 'low-quality'],
  [block('GT:DP:GQ:MIN_DP:PL 0/0:0:0:0:0,0,0'), 'low-depth'],
  [block('GT:DP 0/0:10'), 'C/C'],
  [block('GT:DP 0/0:9'), 'low-depth'],
  // the least depth of the block counts, not its mean
  [block('GT:DP:MIN_DP 0/0:40:9'), 'low-depth'],
  [block('GT:MIN_DP:DP 0/0:9:40'), 'low-depth'],
  [block('GT:RGQ 0/0:50'), 'C/C'],
  [block('GT:GQX:DP 0/0:12:40'), 'low-quality'],
  [block('GT ./.'), 'no-call'],
  [block('GT 0/1'), 'unreadable-allele'],
  ['chr10 94942200 . A <*> . LowGQX END=94942300 GT 0/0', 'filtered'],
  ['chr10 94942200 . A . . PASS BLOCKAVG_min30p3a;END=94942300 GT:GQX:DP 0/0:60:30', 'C/C'],
  ['chr10 94942200 . A <*> . PASS END=94942289 GT 0/0', 'not-in-file'],
  ['chr10 94942200 . A <*> . PASS END=94942290 GT 0/0', 'C/C'],
  ['chr10 94942290 . C <*> . PASS END=94942300 GT 0/0', 'C/C'],
  ['chr10 94942291 . C <*> . PASS END=94942300 GT 0/0', 'not-in-file'],
  ['chr10 94942290 . G <*> . PASS END=94942300 GT 0/0', 'reference-mismatch'],
  // an END that belongs to another word
  ['chr10 94942200 . A <*> . PASS XEND=94942300 GT 0/0', 'not-in-file'],
  // VCF 4.5
  ['chr10 94942200 . A <*> . PASS . GT:LEN 0/0:91', 'C/C'],
  ['chr10 94942200 . A <*> . PASS . GT:LEN 0/0:90', 'not-in-file'],
] as const) {
  test(`reference block: ${text}`, async () => {
    const meta = ['##FORMAT=<ID=LEN,Number=1,Type=Integer,Description="Length of block">']
    assert.equal(await oneLine(text, ID, {}, { meta }), said)
  })
}

test('block rules are options', async () => {
  const rules = { blockMinQuality: 10, blockMinDepth: 5 }
  assert.equal(await oneLine(block('GT:GQ 0/0:19'), ID, { rules }), 'C/C')
  assert.equal(await oneLine(block('GT:DP 0/0:9'), ID, { rules }), 'C/C')
})

test('a block says so in its call', async () => {
  const [set] = await setsOf(vcfOf([block('GT:DP:GQ 0/0:30:60')]))
  assert.equal(set!.calls[0]?.evidence, 'reference-block')
  assert.equal(set!.calls[0]?.depth, 30)
})

test('blocks end per sample where FORMAT gives their length', async () => {
  const sets = await setsOf(
    vcfOf(['chr10 94942200 . A <*> . PASS . GT:LEN 0/0:91 0/0:90'], {
      samples: 'A B',
      meta: ['##FORMAT=<ID=LEN,Number=1,Type=Integer,Description="Length of block">'],
    }),
  )
  assert.deepEqual(
    sets.map((set) => saidAt(set, ID)),
    ['C/C', 'not-in-file'],
  )
})

test('a deletion is absent only when blocks cover every base that it removes', async () => {
  const id = 'chr10:94942205'
  const one = 'chr10 94942200 . A <*> . PASS END=94942210 GT 0/0'
  const two = 'chr10 94942211 . A <*> . PASS END=94942220 GT 0/0'
  const gap = 'chr10 94942212 . A <*> . PASS END=94942220 GT 0/0'
  assert.equal(await oneLine(one, id), 'not-in-file')
  assert.equal(await oneLine([one, two], id), 'CAATGGAAAGA/CAATGGAAAGA')
  assert.equal(await oneLine([one, gap], id), 'not-in-file')
  assert.equal(await oneLine('chr10 94942205 . C . . PASS . GT 0/0', id), 'not-in-file')
})

test('a structural event over a locus is in the way, whatever else the file says of it', async () => {
  const snp = line('GT', '0/0')
  const event = (alt: string, gt: string, filter = 'PASS') =>
    `chr10 94942000 . N ${alt} . ${filter} SVTYPE=X;END=94943000 GT ${gt}`
  assert.equal(await oneLine([event('<DEL>', '0/1'), snp], ID), 'unreadable-allele')
  assert.equal(await oneLine([event('<DUP:TANDEM>', '0/1'), snp], ID), 'unreadable-allele')
  assert.equal(await oneLine([event('<CN3>', '0/1'), snp], ID), 'unreadable-allele')
  assert.equal(await oneLine([event('<DEL>', '0/0'), snp], ID), 'C/C')
  assert.equal(await oneLine(event('<DEL>', '0/0'), ID), 'not-in-file')
  assert.equal(await oneLine([event('<DEL>', '0/1', 'LowQual'), snp], ID), 'C/C')
  assert.equal(
    await oneLine(['chr10 94942000 . N <DEL> . PASS SVLEN=-290 GT 0/1', snp], ID),
    'unreadable-allele',
  )
  assert.equal(await oneLine(['chr10 94942000 . N <DEL> . PASS SVLEN=-289 GT 0/1', snp], ID), 'C/C')
})

for (const [what, lines, said] of [
  ['first of two that agree', ['0/1', '0/1'], 'C/T'],
  ['a valid record replaces one that is not called', ['./.', '0/1'], 'C/T'],
  ['and the other way round', ['0/1', './.'], 'C/T'],
] as const) {
  test(`two records: ${what}`, async () => {
    assert.equal(
      await oneLine(
        lines.map((gt) => line('GT', gt)),
        ID,
      ),
      said,
    )
  })
}

/** "bcftools norm -m -" and "vt decompose" of one line with two ALT. */
for (const [a, b, said] of [
  ['0/0', '0/0', 'T/T'],
  ['0/1', '0/0', 'T/A'],
  ['0/0', '0/1', 'T/C'],
  ['1/0', '0/1', 'A/C'],
  ['0/1', '1/0', 'C/A'],
  ['1|0', '0|1', 'A|C'],
  ['0/1', '0/1', 'A/C'],
  ['1/1', '0/0', 'A/A'],
  ['1/.', './1', 'A/C'],
  ['0/.', '0/1', 'T/C'],
  ['0/1', '0/.', 'T/A'],
  ['./.', '1/1', 'C/C'],
  ['1/1', '0/1', 'records-contradict'],
  ['1/1', '1/1', 'records-contradict'],
  ['0|1', '0|1', 'records-contradict'],
] as const) {
  test(`split site: ${a} of one ALT and ${b} of the other`, async () => {
    const lines = [`chr10 94981297 . T A . PASS . GT ${a}`, `chr10 94981297 . T C . PASS . GT ${b}`]
    assert.equal(await oneLine(lines, 'chr10:94981297'), said)
  })
}

test('a split site with a spanning deletion is not read as if the deletion were not there', async () => {
  const lines = ['chr10 94981297 . T A . PASS . GT 1/0', 'chr10 94981297 . T * . PASS . GT 0/1']
  assert.equal(await oneLine(lines, 'chr10:94981297'), 'unreadable-allele')
})

test('a part of a split site that its caller rejects takes the site with it', async () => {
  const lines = ['chr10 94981297 . T A . PASS . GT 0/0', 'chr10 94981297 . T C . LowQual . GT 0/1']
  assert.equal(await oneLine(lines, 'chr10:94981297'), 'filtered')
})

test('the repeat written as insertions and deletion on three lines', async () => {
  const lines = [
    'chr2 233760233 . C CAT . PASS . GT 1/0 0/0',
    'chr2 233760233 . CAT C . PASS . GT 0/0 0/1',
    'chr2 233760233 . C CATAT . PASS . GT 0/1 1/0',
  ]
  const sets = await setsOf(vcfOf(lines, { samples: 'A B' }))
  assert.deepEqual(
    sets.map((set) => saidAt(set, 'chr2:233760233')),
    ['CATAT/CATATAT', 'CATATAT/C'],
  )
})

test('an insertion line beside a single base does not hide the base', async () => {
  const lines = ['chr10 94942290 . C T . PASS . GT 0/0', 'chr10 94942290 . C CA . PASS . GT 0/1']
  assert.equal(await oneLine(lines, ID), 'C/C')
})

test('a filler line of the same site', async () => {
  const lines = ['chr1 97450065 . TG T . PASS . GT 1/0', 'chr1 97450065 . TG <*> . PCATxINDEL . GT 0/0']
  assert.equal(await oneLine(lines, 'chr1:97450065'), 'T/TG')
})

test('GRCh37: positions and reference bases are translated, not the sample', async () => {
  const options = { build: 'GRCh37' } as const
  const said = (text: string, id: string) => oneLine(text, id, {}, options)
  assert.equal(await said('10 96702047 . C T . PASS . GT 0/1', ID), 'C/T')
  // rs1801265: GRCh37 has G where GRCh38 has A.
  const swapped = 'chr1:97883329'
  assert.equal(await said('1 98348885 . G A . PASS . GT 0/0', swapped), 'G/G')
  assert.equal(await said('1 98348885 . G A . PASS . GT 0|1', swapped), 'G|A')
  assert.equal(await said('1 98348885 . G . . PASS . GT 0/0', swapped), 'G/G')
  assert.equal(await said('1 98348800 . C <*> . PASS END=98348900 GT 0/0', swapped), 'G/G')
  // the reference of GRCh37 alone is a variant here, so a half call shows something
  assert.equal(await said('1 98348885 . G A . PASS . GT 0/.', swapped), 'G/.')
  assert.equal(await said('1 98348885 . G A . PASS . GT 1/.', swapped), 'half-call')
  assert.equal(await said('2 234668879 . C CAT . PASS . GT 0/1', 'chr2:233760233'), 'CAT/CATAT')
  assert.equal(await said('22 42524947 . G A . PASS . GT 0/1', 'chr22:42128945'), 'not-in-build')
})

test('the panel is what is asked for, not what the file has', async () => {
  const [set] = await setsOf(vcfOf(['chr9 1000 . A C . PASS . GT 0/1']))
  assert.equal(set!.calls.length, 0)
  assert.equal(set!.gaps.length, PANEL.length)
})
