import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { SourceFile } from '../record/genotype.ts'
import { Fault } from '../terms/fault.ts'
import { readOutsideCalls } from './outside-calls.ts'
import { receiveOutsideCalls } from './receive.ts'

const SOURCE: SourceFile = { name: 'calls.tsv', format: 'outside-calls', sha256: undefined }

/** "line gene diplotype phenotype score", with "-" for what is absent. */
function read(text: string): string[] {
  return readOutsideCalls(text, SOURCE).map(({ line, gene, diplotype, phenotype, activityScore }) =>
    [line, gene, diplotype ?? '-', phenotype ?? '-', activityScore ?? '-'].join(' '),
  )
}

for (const [text, rows] of [
  ['CYP2D6\t*1/*4', ['1 CYP2D6 *1/*4 - -']],
  ['CYP2D6\t*2/*10\tIntermediate Metabolizer\t1.25', ['1 CYP2D6 *2/*10 Intermediate Metabolizer 1.25']],
  ['CYP2D6\t\tPoor Metabolizer', ['1 CYP2D6 - Poor Metabolizer -']],
  ['CYP2D6\t\t\t≥4.0', ['1 CYP2D6 - - ≥4.0']],
  ['CYP2D6\t\t\t0', ['1 CYP2D6 - - 0']],
  ['CYP2D6\t*1/*4\t\tn/a', ['1 CYP2D6 *1/*4 - -']],
  ['CYP2D6\t*13 + *1/*36 + *10x2', ['1 CYP2D6 *13 + *1/*36 + *10x2 - -']],
  ['HLA-B\t*57:01/*58:01\t', ['1 HLA-B *57:01/*58:01 - -']],
  ['HLA-A\t\t*31:01 positive', ['1 HLA-A - *31:01 positive -']],
  ['MT-RNR1\tm.1555A>G', ['1 MT-RNR1 m.1555A>G - -']],
  ['NAT2\t./.', ['1 NAT2 ./. - -']],
  ['HLA-B\t.', ['1 HLA-B . - -']],
  // comments, empty lines, two rows of one gene, Windows line ends, a byte order mark, quotes
  ['# from the laboratory\n\nCYP2D6\t*1/*1\nCYP2D6\t*1/*2\n', ['3 CYP2D6 *1/*1 - -', '4 CYP2D6 *1/*2 - -']],
  ['CYP2D6\t*1/*4\r\nHLA-B\t*15:02\r\n', ['1 CYP2D6 *1/*4 - -', '2 HLA-B *15:02 - -']],
  ['\ufeffCYP2D6\t"*1/*4"', ['1 CYP2D6 *1/*4 - -']],
  // a header, also in another order
  ['Gene\tDiplotype\tPhenotype\tActivity Score\nCYP2D6\t*1/*4\t\t1.0', ['2 CYP2D6 *1/*4 - 1.0']],
  ['gene\tactivity_score\tphenotype\nCYP2D6\t1.0\tIM', ['2 CYP2D6 - IM 1.0']],
] as const) {
  test(`read ${JSON.stringify(text)}`, () => assert.deepEqual(read(text), rows))
}

for (const [text, code, where] of [
  ['', 'OUTSIDE_EMPTY', /calls\.tsv/],
  ['# nothing\n', 'OUTSIDE_EMPTY', /calls\.tsv/],
  ['CYP2D6', 'OUTSIDE_NO_RESULT', /:1/],
  ['CYP2D6\t\t\t\n', 'OUTSIDE_NO_RESULT', /:1/],
  ['# x\n\t*1/*4', 'OUTSIDE_GENE_MALFORMED', /:2, gene/],
  ['CYP2D6 *1/*4', 'OUTSIDE_GENE_MALFORMED', /:1, gene/],
  ['cyp2d6\t*1/*4', 'OUTSIDE_GENE_MALFORMED', /:1, gene/],
  ['CYP2D6\t*1/*4\t\tnormal', 'OUTSIDE_SCORE_MALFORMED', /:1, activity score/],
  ['CYP2D6\t*1/*4\t\t-1', 'OUTSIDE_SCORE_MALFORMED', /:1/],
  ['CYP2D6\t*1/*4\tIM\t1.0\tremark', 'OUTSIDE_COLUMNS', /:1/],
  ['gene\tresult\nCYP2D6\t*1/*4', 'OUTSIDE_COLUMNS', /:1/],
  ['gene\tgene\nCYP2D6\t*1/*4', 'OUTSIDE_COLUMNS', /:1/],
  ['CYP2D6\0', 'OUTSIDE_NOT_TEXT', /calls\.tsv/],
] as const) {
  test(`${JSON.stringify(text)} is ${code}`, () => {
    assert.throws(
      () => read(text),
      (fault: Fault) => {
        assert.equal(fault.code, code)
        assert.match(fault.where, where)
        return true
      },
    )
  })
}

test('spaces instead of tabs are pointed out', () => {
  assert.throws(() => read('CYP2D6 *1/*4'), /tabs, not spaces/)
})

test('any text gives rows or a fault', () => {
  const text = fc
    .array(fc.constantFrom('CYP2D6', '\t', '*1/*4', '\n', '#', '1.0', ' ', '"', 'gene', '\r', 'é'))
    .map((one) => one.join(''))
  fc.assert(
    fc.property(text, (one) => {
      try {
        assert.ok(read(one).length > 0)
      } catch (error) {
        assert.ok(error instanceof Fault)
      }
    }),
  )
})

test('the sheet arrives as bytes', async () => {
  const [call] = await receiveOutsideCalls('calls.tsv', { bytes: Buffer.from('CYP2D6\t\t\t≥3.0\n') })
  assert.equal(call!.activityScore, '≥3.0')
  assert.match(call!.source.sha256 ?? '', /^[0-9a-f]{64}$/)
  await assert.rejects(receiveOutsideCalls('x', { bytes: Buffer.from([0x43, 0xff, 0x0a]) }), {
    code: 'NOT_UTF8',
  })
  await assert.rejects(receiveOutsideCalls('x', { bytes: Buffer.alloc(2 << 20, 65) }), {
    code: 'OUTSIDE_TOO_LONG',
  })
  await assert.rejects(receiveOutsideCalls('x', { bytes: Buffer.alloc(0) }), { code: 'EMPTY_FILE' })
})
