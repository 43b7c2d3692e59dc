import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { bgzip } from '../../../../test/support/bgzip-writer.ts'
import { checkText, refusals, vcfText, warnings } from '../../../../test/support/vcf-text.ts'
import { Fault } from '../../../terms/fault.ts'

const GOOD = vcfText(3, ['##contig=<ID=1>'], 'A', ['1 5 rs1 A C 10 PASS . . .'])

test('plain, gzip and bgzip are read alike', async () => {
  const plain = await checkText(GOOD)
  assert.equal(plain.verdict, 'good')
  assert.deepEqual(await checkText(gzipSync(GOOD)), plain)
  assert.deepEqual(await checkText(bgzip(GOOD, 20)), plain)
})

test('bytes and line ends', async () => {
  assert.deepEqual(await refusals(`\ufeff${GOOD}`), ['VCF_BOM@1'])
  assert.deepEqual(await refusals(GOOD.slice(0, -1)), ['VCF_LAST_LINE@4'])
  assert.deepEqual(await refusals(GOOD.slice(0, -1).replace('v4.3', 'v4.2')), [])
  const crlf = GOOD.replaceAll('\n', '\r\n')
  assert.deepEqual(await warnings(crlf.replace('v4.3', 'v4.2')), ['VCF_CRLF@1'])
  assert.equal((await checkText(crlf)).verdict, 'good')
  assert.deepEqual(await refusals(GOOD.replace('rs1', 'r\rs1')), ['VCF_LINE_END@4', 'VCF_ID@4'])
  assert.deepEqual(await refusals(GOOD.replace('rs1', 'r\u0001s1')), ['VCF_CONTROL_CHARACTER@4'])
  assert.deepEqual(await refusals(Buffer.from(GOOD.replace('rs1', 'r\u00e9'), 'latin1')), ['VCF_ENCODING@4'])
  assert.deepEqual(await refusals(GOOD.replace('rs1', 'r\u00e9')), [])
  assert.deepEqual(await refusals(GOOD.replace('#CHROM', '\n#CHROM')), ['VCF_BLANK_LINE@3'])
  assert.deepEqual(await warnings(`${GOOD}\n\n`), ['VCF_BLANK_END@5'])
})

test('lenient reading goes on where strict refuses, and says what it takes for granted', async () => {
  const file = GOOD.replace('rs1', 'rs1;rs1')
  assert.deepEqual(await refusals(file), ['VCF_ID_REPEATED@4'])
  const { verdict, findings } = await checkText(file, false)
  assert.equal(verdict, 'warnings')
  assert.equal(findings[0]?.assumed, 'they count once')
})

test('a rule that is broken a million times keeps its first places and its count', async () => {
  const many = vcfText(
    3,
    ['##contig=<ID=1>'],
    '',
    Array.from({ length: 5000 }, (_, i) => `1 ${i + 1} . A C -1 PASS .`),
  )
  const [finding] = (await checkText(many)).findings
  assert.equal(finding?.count, 5000)
  assert.deepEqual(
    finding?.first.map(({ line }) => line),
    [4, 5, 6, 7, 8],
  )
})

test('BCF and cut files are faults that say what to do', async () => {
  const code = (bytes: Uint8Array) =>
    checkText(bytes).then(
      () => '',
      (error) => (error instanceof Fault ? error.code : 'bug'),
    )
  assert.equal(await code(bgzip('BCF\u0002\u0002\u0000')), 'VCF_IS_BCF')
  assert.equal(await code(bgzip(GOOD).subarray(0, -30)), 'TRUNCATED_GZIP')
  const damaged = Buffer.from(bgzip(GOOD))
  damaged[30]! ^= 0xff
  assert.equal(await code(damaged), 'DAMAGED_GZIP')
})

/** Lines that make a careless reader take quadratic time, or many times their size in memory. */
const HEAVY: readonly (readonly [what: string, record: () => string])[] = [
  ['tabs alone', () => '\t'.repeat(8 << 20)],
  ['semicolons alone', () => `1\t5\t.\tA\tC\t.\t.\t${';'.repeat(8 << 20)}`],
  [
    'INFO keys',
    () => `1\t5\t.\tA\tC\t.\t.\t${Array.from({ length: 1 << 17 }, (_, i) => `K${i}`).join(';')};`,
  ],
  [
    'a long REF and a million ALT alleles',
    () => `1\t5\t.\t${'A'.repeat(4 << 20)}\t${'C,'.repeat(1 << 20)}G\t.\t.\t.`,
  ],
  ['a deep breakend', () => `1\t5\t.\tA\t${'['.repeat(4 << 20)}\t.\t.\t.`],
  ['a long number', () => `1\t5\t.\tA\tC\t${'9'.repeat(4 << 20)}x\t.\t.`],
  ['a long GT', () => `1\t5\t.\tA\tC\t.\t.\t.\tGT\t${'0/'.repeat(16 << 20)}0`],
  ['a long CIGAR', () => `1\t5\t.\tA\tC\t.\t.\tCIGAR=${'1M'.repeat(8 << 20)}1`],
  ['a large ploidy', () => `1\t5\t.\tA\tC\t.\t.\t.\tGT:PL\t${'0/'.repeat(1 << 20)}1:1,2`],
  ['a header line of commas', () => `##INFO=<ID=${'a,'.repeat(8 << 20)}>`],
  ['a header line of quotes', () => `##INFO=<${'ID="'.repeat(1 << 20)}`],
]

for (const [what, record] of HEAVY)
  test(`bounded time: ${what}`, { timeout: 60_000 }, async () => {
    const samples = record().split('\t', 10).length === 10 ? 'A' : ''
    const { verdict } = await checkText(`${vcfText(3, [], samples, [])}${record()}\n`)
    assert.equal(verdict, 'refused')
  })
