import assert from 'node:assert/strict'
import { test } from 'node:test'
import { faultOf, setsOf, vcfOf } from '../../../test/cases/intake/small-panel.ts'

/** Loci of the test panel as each build has them: enough to tell it by. */
const ON_38 = [
  'chr1 97450058 . C T . PASS . GT 0/1',
  'chr1 97883329 . A G . PASS . GT 0/1',
  'chr10 94942290 . C T . PASS . GT 0/0',
  'chr10 94981296 . A C . PASS . GT 0/0',
  'chr10 94981297 . T A . PASS . GT 0/0',
]
const ON_37 = [
  '1 97915614 . C T . PASS . GT 0/1',
  '1 98348885 . G A . PASS . GT 0/1',
  '10 96702047 . C T . PASS . GT 0/0',
  '10 96741053 . A C . PASS . GT 0/0',
  '10 96741054 . T A . PASS . GT 0/0',
]

async function buildOf(lines: readonly string[], meta: readonly string[] = []): Promise<string> {
  const [set] = await setsOf(vcfOf(lines, { build: 'unstated', meta }))
  return set!.assembly
}

for (const [meta, build] of [
  ['##contig=<ID=chr1,length=248956422>', 'GRCh38'],
  ['##contig=<ID=10,length=135534747>', 'GRCh37'],
  ['##contig=<ID=chr1,assembly=GRCh38.p13,species="Homo sapiens">', 'GRCh38'],
  ['##contig=<ID=1,assembly=b37>', 'GRCh37'],
  ['##contig=<ID=1,assembly=hg19>', 'GRCh37'],
  ['##reference=hg38', 'GRCh38'],
  ['##reference=file:///refs/hs37d5.fa', 'GRCh37'],
  ['##reference=file:///refs/human_g1k_v37.fasta', 'GRCh37'],
  ['##reference=file:///x/GRCh38_1000genomes/GRCh38_full_analysis_set_plus_decoy_hla.fa', 'GRCh38'],
  ['##reference=GCA_000001405.15_GRCh38_no_alt_analysis_set.fna', 'GRCh38'],
] as const) {
  test(`header ${meta}`, async () => assert.equal(await buildOf([], [meta]), build))
}

test('a command line in the header is not the reference', async () => {
  assert.equal(
    await buildOf([], ['##DRAGENCommandLine=<ID=x,Options="hs37d5.fa">', '##reference=hg38']),
    'GRCh38',
  )
})

test('reference bases tell the build where the header does not', async () => {
  assert.equal(await buildOf(ON_38), 'GRCh38')
  assert.equal(await buildOf(ON_37), 'GRCh37')
  assert.equal(await buildOf(ON_38.slice(0, 2)), 'GRCh38')
})

test('a header names a build that is not read', async () => {
  const fault = await faultOf(vcfOf([], { build: 'unstated', meta: ['##reference=hg18.fa'] }))
  assert.equal(fault.code, 'BUILD_UNSUPPORTED')
  assert.match(fault.where, /:2/)
})

test('the sender’s word against such a header needs the bases', async () => {
  const file = (lines: readonly string[]) =>
    vcfOf(lines, { build: 'unstated', meta: ['##reference=hg18.fa'] })
  assert.equal((await faultOf(file([]), { assembly: 'GRCh38' })).code, 'BUILD_UNSUPPORTED')
  const [set] = await setsOf(file(ON_38), { assembly: 'GRCh38' })
  assert.equal(set!.assembly, 'GRCh38')
})

const faults: readonly (readonly [string, readonly string[], readonly string[], string])[] = [
  ['nothing tells', [], [], 'BUILD_UNKNOWN'],
  ['one base is not enough', ON_38.slice(0, 1), [], 'BUILD_UNKNOWN'],
  ['one in two contradicts', [ON_38[0]!, 'chr1 97883329 . T G . PASS . GT 0/1'], [], 'BUILD_UNKNOWN'],
  ['header and bases differ', ON_37, ['##reference=hg38'], 'BUILD_CONTRADICTS'],
  ['and the other way round', ON_38, ['##reference=hg19'], 'BUILD_CONTRADICTS'],
  [
    'bases of neither',
    ON_38.slice(2).map((line) => line.replace(/ \. [ACGT] /, ' . G ')),
    ['##reference=hg38'],
    'BUILD_CONTRADICTS',
  ],
  ['a header of two minds', [], ['##reference=hg38', '##contig=<ID=1,length=249250621>'], 'BUILD_MIXED'],
  ['a few bases of each build', [...ON_38.slice(0, 2), ...ON_37.slice(2, 4)], [], 'BUILD_MIXED'],
  [
    'chromosomes of two builds',
    [ON_38[0]!, 'chr1 97450065 . TG T . . . GT 0/0', ON_38[1]!, ...ON_37.slice(2)].map((line) =>
      line.replace(/^10/, 'chr10'),
    ),
    ['##reference=hg38'],
    'BUILD_MIXED',
  ],
]
for (const [what, lines, meta, code] of faults) {
  test(`${what}: ${code}`, async () => {
    const fault = await faultOf(vcfOf(lines, { build: 'unstated', meta }))
    assert.equal(fault.code, code, fault.message)
  })
}

test('the build may be stated, and is still checked', async () => {
  const [set] = await setsOf(vcfOf([], { build: 'unstated' }), { assembly: 'GRCh37' })
  assert.equal(set!.assembly, 'GRCh37')
  const header = await faultOf(vcfOf([]), { assembly: 'GRCh37' })
  assert.equal(header.code, 'BUILD_CONTRADICTS')
  const bases = await faultOf(vcfOf(ON_38, { build: 'unstated' }), { assembly: 'GRCh37' })
  assert.equal(bases.code, 'BUILD_CONTRADICTS')
  // It also settles a header of two minds.
  const meta = ['##reference=hg38', '##contig=<ID=1,length=249250621>']
  const [settled] = await setsOf(vcfOf(ON_38, { build: 'unstated', meta }), { assembly: 'GRCh38' })
  assert.equal(settled!.assembly, 'GRCh38')
})

test('one wrong base among many right ones is that record’s fault, not the build’s', async () => {
  const lines = ON_38.with(2, 'chr10 94942290 . G T . PASS . GT 0/1')
  const [set] = await setsOf(vcfOf(lines))
  assert.equal(set!.gaps.find((gap) => gap.locus === 'chr10:94942290')?.kind, 'reference-mismatch')
})
