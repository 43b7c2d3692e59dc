import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { faultOf, setsOf, vcfOf } from '../../../test/cases/intake/small-panel.ts'
import { bgzip } from '../../../test/support/bgzip-writer.ts'
import type { ReadOptions } from '../format.ts'

const GOOD = 'chr1 97450058 . C T . PASS . GT 0/1'

/** Each row: what is wrong, the file, the code, where it must point to. */
const ROWS: readonly (readonly [string, string | Uint8Array, string, RegExp, ReadOptions?])[] = [
  ['no bytes', '', 'EMPTY_FILE', /test\.vcf/],
  ['compressed nothing', gzipSync(''), 'EMPTY_FILE', /test\.vcf/],
  ['a letter', 'Dear doctor,\n', 'NOT_A_VCF', /:1/],
  ['a binary file', Buffer.from([1, 2, 0, 3]), 'NOT_A_VCF', /test\.vcf/],
  ['a BCF', Buffer.from('BCF\x02\x02'), 'NOT_A_VCF', /test\.vcf/],
  ['a ZIP', Buffer.from('PK\x03\x04rest'), 'NOT_A_VCF', /test\.vcf/],
  [
    'no fileformat line',
    '#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\tS1\n',
    'VCF_HEADER_MISSING',
    /test/,
  ],
  ['a version that is not read', vcfOf([GOOD], { version: '3.3' }), 'VCF_VERSION', /:1/],
  ['no #CHROM line', '##fileformat=VCFv4.2\n##source=x\n', 'VCF_HEADER_MISSING', /test/],
  [
    'data before #CHROM',
    '##fileformat=VCFv4.2\nchr1\t1\t.\tA\tC\t.\t.\t.\tGT\t0/1\n',
    'VCF_HEADER_MISSING',
    /:2/,
  ],
  ['columns separated by spaces', vcfOf([]).replaceAll('\t', ' '), 'VCF_HEADER_MISSING', /:3/],
  ['sites without samples', vcfOf([]).replace('\tFORMAT\tS1', ''), 'VCF_NO_SAMPLE', /:3/],
  ['FORMAT without samples', vcfOf([]).replace('\tS1', ''), 'VCF_NO_SAMPLE', /:3/],
  ['a sample without a name', vcfOf([], { samples: 'A  B' }), 'VCF_NO_SAMPLE', /:3/],
  ['a sample name twice', vcfOf([], { samples: 'A B A' }), 'VCF_DUPLICATE_SAMPLE', /:3/],
  [
    'a sample that is not there',
    vcfOf([GOOD], { samples: 'NA12878' }),
    'VCF_SAMPLE_UNKNOWN',
    /test/,
    { samples: ['NA12879'] },
  ],
  [
    'a genotype of letters',
    vcfOf(['chr1 97450058 . C T . PASS . GT A/C']),
    'VCF_GT_MALFORMED',
    /:4, sample "S1", GT/,
  ],
  ['a genotype with a dash', vcfOf(['chr1 97450058 . C T . PASS . GT 0-1']), 'VCF_GT_MALFORMED', /:4/],
  ['an empty genotype', vcfOf(['chr1 97450058 . C T . PASS . GT:DP :3']), 'VCF_GT_MALFORMED', /:4/],
  ['half a genotype', vcfOf(['chr1 97450058 . C T . PASS . GT 0/']), 'VCF_GT_MALFORMED', /:4/],
  ['an allele that is not there', vcfOf(['chr1 97450058 . C T . PASS . GT 0/2']), 'VCF_GT_MALFORMED', /:4/],
  ['a sample column too few', vcfOf([GOOD], { samples: 'A B' }), 'VCF_COLUMNS', /:4/],
  ['a sample column too many', vcfOf([`${GOOD} 0/1`]), 'VCF_COLUMNS', /:4/],
  ['a line without columns', vcfOf(['chr1 97450058', GOOD]), 'VCF_POS_MALFORMED', /:4/],
  ['a line of one word', vcfOf(['hello', GOOD]), 'VCF_COLUMNS', /:4/],
  [
    'a position that is no number',
    vcfOf(['chr1 9745x058 . C T . PASS . GT 0/1']),
    'VCF_POS_MALFORMED',
    /:4, POS/,
  ],
  ['positions out of order', vcfOf([GOOD, 'chr1 97450057 . C T . PASS . GT 0/1']), 'VCF_UNSORTED', /:5/],
  [
    'a chromosome that comes again',
    vcfOf([GOOD, 'chr2 5 . C T . PASS . GT 0/1', GOOD]),
    'VCF_UNSORTED',
    /:6/,
  ],
  [
    'one site twice, otherwise',
    vcfOf([GOOD, GOOD.replace('0/1', '1/1')]),
    'VCF_DUPLICATE_POSITION',
    /:5, sample "S1"/,
  ],
  [
    'a file cut in its last line',
    `${vcfOf([GOOD])}chr1\t97450065\t.\tTG\tT\t.\tPA`,
    'VCF_TRUNCATED',
    /last line/,
  ],
  [
    'strange chromosome names',
    vcfOf(['chromosome1 97450058 . C T . PASS . GT 0/1']),
    'VCF_CONTIGS_UNKNOWN',
    /test/,
  ],
  [
    'a header that is not UTF-8',
    Buffer.concat([Buffer.from('##fileformat=VCFv4.2\n##x='), Buffer.from([0xff, 10])]),
    'NOT_UTF8',
    /:2/,
  ],
  [
    'a line that never ends',
    vcfOf([`chr1 1 . C T . . ${'A'.repeat(2000)} GT 0/1`]),
    'LINE_TOO_LONG',
    /line 4/,
    { longestLine: 1000 },
  ],
  ['a gzip file that was cut', gzipSync(vcfOf([GOOD])).subarray(0, 60), 'TRUNCATED_GZIP', /test/],
  ['a gzip file with a changed byte', flipped(gzipSync(vcfOf([GOOD])), -6), 'DAMAGED_GZIP', /test/],
  ['a bgzip file without its end', bgzip(vcfOf([GOOD])).subarray(0, -28), 'TRUNCATED_GZIP', /test/],
  ['a bgzip file cut in a block', bgzip(vcfOf([GOOD])).subarray(0, -40), 'TRUNCATED_GZIP', /test/],
  ['a bgzip file with a changed byte', flipped(bgzip(vcfOf([GOOD])), 40), 'DAMAGED_GZIP', /bytes/],
]

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes)
  const place = at < 0 ? copy.length + at : at
  copy[place] = copy[place]! ^ 1
  return copy
}

for (const [what, file, code, where, options] of ROWS) {
  test(`${what}: ${code}`, async () => {
    const fault = await faultOf(file, options)
    assert.equal(fault.code, code, fault.message)
    assert.match(fault.where, where)
    assert.ok(fault.mend.length > 10)
  })
}

test('what lies off the panel is not judged', async () => {
  const [set] = await setsOf(vcfOf(['chr1 5 . C T . PASS . GT nonsense', GOOD]))
  assert.equal(set!.calls.length, 1)
})

test('any order may be allowed', async () => {
  const lines = ['chr1 97450065 . TG T . PASS . GT 0/1', GOOD, 'chr2 5 . A C . . . GT 0/1', GOOD]
  const [set] = await setsOf(vcfOf(lines), { order: 'any' })
  assert.equal(set!.calls.length, 2)
})

test('an unknown sample brings the nearest names', async () => {
  const text = vcfOf([], { samples: 'NA12878 NA12891 HG002' })
  const near = await faultOf(text, { samples: ['na12879'] })
  assert.match(near.mend, /nearest: NA12878/)
  const far = await faultOf(text, { samples: ['somebody'] })
  assert.match(far.mend, /such as: NA12878, NA12891, HG002/)
})

test('equal duplicates count once, with a note', async () => {
  const [set] = await setsOf(vcfOf([GOOD, GOOD]))
  assert.equal(set!.calls.length, 1)
  assert.match(set!.notes.join(), /2 records agree/)
})
