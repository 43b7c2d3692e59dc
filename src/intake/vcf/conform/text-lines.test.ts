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
  assert.deepEqual(await warnings(GOOD.replaceAll('\n', '\r\n')), ['VCF_CRLF@1'])
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
