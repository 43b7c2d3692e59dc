import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oneLine, PANEL, saidAt, setsOf, vcfOf } from '../../../test/cases/intake/small-panel.ts'

const STAR_2A = 'chr1:97450058'

/** Sets are made of one line each; the third word is what the locus says then. */
function table(name: string, id: string, rows: readonly (readonly [string, string])[]): void {
  for (const [line, said] of rows) {
    test(`${name}: ${line}`, async () => assert.equal(await oneLine(line, id), said))
  }
}

test('every panel locus is in calls or in gaps, and none in both', async () => {
  const [set] = await setsOf(vcfOf(['chr1 97450058 . C T . PASS . GT 0/1']))
  assert.equal(set!.calls.length + set!.gaps.length, PANEL.length)
  for (const locus of PANEL) saidAt(set!, locus.id)
  assert.equal(saidAt(set!, 'chr10:94942290'), 'not-in-file')
})

table('genotype', STAR_2A, [
  ['chr1 97450058 . C T . PASS . GT 0/0', 'C/C'],
  ['chr1 97450058 . C T . PASS . GT 0/1', 'C/T'],
  ['chr1 97450058 . C T . PASS . GT 1/0', 'T/C'],
  ['chr1 97450058 . C T . PASS . GT 1|0', 'T|C'],
  ['chr1 97450058 . C T . PASS . GT 1/1', 'T/T'],
  ['1 97450058 . C T . PASS . GT 0/1', 'C/T'],
  ['chr1 97450058 . c t . PASS . GT 0/1', 'C/T'],
  ['chr1 97450058 . C A,T . PASS . GT 0/2', 'C/T'],
  ['chr1 97450058 . C G . PASS . GT 0/1', 'C/G'],
  ['chr1 97450058 . C . . PASS . GT 0/0', 'C/C'],
  ['chr1 97450058 . C T . PASS . DP:GT 30:0/1', 'C/T'],
  // VCF 4.4 may write the phase before the first allele too.
  ['chr1 97450058 . C T . PASS . GT /0/1', 'C/T'],
  ['chr1 97450058 . C T . PASS . GT |0|1', 'C|T'],
])

table('what is not called', STAR_2A, [
  ['chr1 97450058 . C T . PASS . GT ./.', 'no-call'],
  ['chr1 97450058 . C T . PASS . GT .|.', 'no-call'],
  ['chr1 97450058 . C T . PASS . GT .', 'no-call'],
  ['chr1 97450058 . C T . PASS . DP 30', 'no-call'],
  ['chr1 97450058 . C T . PASS . GT 0/.', 'half-call'],
  ['chr1 97450058 . C T . PASS . GT ./0', 'half-call'],
  ['chr1 97450058 . C T . PASS . GT 1/.', 'T/.'],
  ['chr1 97450058 . C T . PASS . GT .|1', '.|T'],
  // One allele on an autosome leaves the other strand open.
  ['chr1 97450058 . C T . PASS . GT 0', 'half-call'],
  ['chr1 97450058 . C T . PASS . GT 1', 'T|.'],
])

table('on X one allele is a call, and a half call is kept', 'chrX:154534419', [
  ['chrX 154534419 . G A . PASS . GT 0', 'G'],
  ['X 154534419 . G A . PASS . GT 1', 'A'],
  ['chrX 154534419 . G A . PASS . GT 0/1', 'G/A'],
  ['chrX 154534419 . G A . PASS . GT 0/.', 'G/.'],
  ['chrX 154534419 . G A . PASS . GT 1/.', 'A/.'],
])

table('alleles that are not bases matter only where they are used', STAR_2A, [
  ['chr1 97450058 . C T,* . PASS . GT 0/1', 'C/T'],
  ['chr1 97450058 . C T,* . PASS . GT 1/2', 'unreadable-allele'],
  ['chr1 97450058 . C N . PASS . GT 0/0', 'C/C'],
  ['chr1 97450058 . C N . PASS . GT 0/1', 'unreadable-allele'],
  ['chr1 97450058 . C T,<NON_REF> . PASS . GT 0/1', 'C/T'],
  ['chr1 97450058 . C T,<NON_REF> . PASS . GT 0/2', 'unreadable-allele'],
  ['chr1 97450058 . C <DEL> . PASS . GT 0/1', 'unreadable-allele'],
  ['chr1 97450058 . C T,<DEL> . PASS . GT 0/1', 'C/T'],
  ['chr1 97450058 . C G]17:198982] . PASS . GT 0/1', 'unreadable-allele'],
])

table('three alleles', STAR_2A, [
  ['chr1 97450058 . C T . PASS . GT 0/0/0', 'C/C'],
  ['chr1 97450058 . C T . PASS . GT 0/0/1', 'unreadable-allele'],
  ['chr1 97450058 . C T . PASS . GT 0/1/1', 'unreadable-allele'],
])

table('a reference that contradicts the definition', STAR_2A, [
  ['chr1 97450058 . G T . PASS . GT 0/1', 'reference-mismatch'],
  ['chr1 97450058 . GA T . PASS . GT 0/1', 'reference-mismatch'],
  ['chr1 97450058 . N T . PASS . GT 0/1', 'reference-mismatch'],
])

test('a contradicting reference is named with its line', async () => {
  const [set] = await setsOf(vcfOf(['chr1 97450058 . G T . PASS . GT 0/1']))
  assert.match(set!.notes.join(), /chr1:97450058: the record of line 4 has another reference/)
})

test('phase sets are kept of phased heterozygous calls only', async () => {
  const id = 'chr10:94942290'
  const meta = { meta: ['##FORMAT=<ID=PS,Number=1,Type=Integer,Description="Phase set">'] }
  const said = (gt: string) => oneLine(`chr10 94942290 . C T . PASS . GT:PS ${gt}`, id, {}, meta)
  assert.equal(await said('0|1:94942200'), 'C|T 94942200')
  assert.equal(await said('0|1:.'), 'C|T')
  assert.equal(await said('0/1:94942200'), 'C/T')
  assert.equal(await said('1|1:94942200'), 'T|T')
  const listed = (gt: string) => oneLine(`chr10 94942290 . C T . PASS . GT:PS:PSL ${gt}`, id)
  assert.equal(await listed('0|1:.:a,a'), 'C|T a')
  assert.equal(await listed('/0|1:.:.,a'), 'C|T a')
  assert.equal(await listed('0|1:.:a,b'), 'C|T a,b')
  assert.equal(await listed('0|1:.:.'), 'C|T')
  assert.equal(await listed('0|1:5:.'), 'C|T 5')
})

test('depth and quality go along with the call', async () => {
  const [set] = await setsOf(vcfOf(['chr1 97450058 . C T . PASS . GT:DP:GQ 0/1:31:48.5']))
  const call = set!.calls.find((one) => one.locus === STAR_2A)
  assert.equal(call?.depth, 31)
  assert.equal(call?.quality, 48.5)
  assert.equal(call?.evidence, 'variant-record')
})

test('CRLF line ends, a byte order mark and a missing last newline change nothing', async () => {
  const lines = ['chr1 97450058 . C T . PASS . GT 0/1']
  const [plain] = await setsOf(vcfOf(lines))
  for (const text of [vcfOf(lines, { end: '\r\n' }), `\ufeff${vcfOf(lines)}`, vcfOf(lines).trimEnd()]) {
    const [set] = await setsOf(text)
    assert.deepEqual(set!.calls, plain!.calls)
  }
})

test('versions 4.1 to 4.5', async () => {
  for (const version of ['4.1', '4.2', '4.3', '4.4', '4.5']) {
    assert.equal(await oneLine('chr1 97450058 . C T . PASS . GT 0/1', STAR_2A, {}, { version }), 'C/T')
  }
})

test('several samples, all or those asked for in the order asked for', async () => {
  const text = vcfOf(['chr1 97450058 . C T . PASS . GT 0/0 0/1 1/1'], { samples: 'A B C' })
  const all = await setsOf(text)
  assert.deepEqual(
    all.map((set) => [set.sample, saidAt(set, STAR_2A)]),
    [
      ['A', 'C/C'],
      ['B', 'C/T'],
      ['C', 'T/T'],
    ],
  )
  const some = await setsOf(text, { samples: ['C', 'A'] })
  assert.deepEqual(
    some.map((set) => [set.sample, saidAt(set, STAR_2A)]),
    [
      ['C', 'T/T'],
      ['A', 'C/C'],
    ],
  )
})

test('the description of the file holds the hash of its bytes as received', async () => {
  const [set] = await setsOf(vcfOf([]))
  assert.equal(set!.source.format, 'vcf')
  assert.match(set!.source.sha256 ?? '', /^[0-9a-f]{64}$/)
})
