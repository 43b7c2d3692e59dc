import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readStructural } from '../../../variant/consequence/structural/read-structural.ts'
import { parseRecordLine } from '../normalise/record-line.ts'
import { structuralFields } from './structural-fields.ts'

const read = (line: string) => structuralFields(parseRecordLine(line, 1, 'f.vcf'))

test('INFO entries and FORMAT CN of each sample; what is no count of copies is left out', () => {
  const { info, copyNumbers } = read(
    '1\t50\t.\tN\t<CNV>\t.\t.\tSVTYPE=CNV;END=900;IMPRECISE\tGT:CN:CNQ\t0/1:1:30\t./.:.:.\t0/0\t1/1:x:1',
  )
  assert.deepEqual([info('END'), info('IMPRECISE'), info('SVLEN')], ['900', '', undefined])
  assert.deepEqual(copyNumbers, [1, undefined, undefined, undefined])
  assert.deepEqual(read('1\t50\t.\tN\t<DEL>\t.\t.\tEND=90').copyNumbers, [])
})

test('any ALT and INFO is read or unknown with a reason, and what is read has an order', () => {
  const alt = fc.oneof(
    fc.constantFrom('<DEL>', '<DUP>', '<DUP:TANDEM>', '<INV>', '<CNV>', '<CN0>', '<CN3>', 'N.', '.N'),
    fc.tuple(fc.constantFrom('[', ']'), fc.nat(9999)).map(([bracket, at]) => `N${bracket}1:${at}${bracket}`),
    fc.stringMatching(/^[ACGTN<>[\]:.0-9DELUPINVCN]{1,20}$/),
  )
  const info = fc.stringMatching(/^(END|SVLEN|CN|CIPOS|CIEND|IMPRECISE)=-?[0-9,.x]{0,6}$/)
  let readable = 0
  fc.assert(
    fc.property(alt, fc.array(info, { maxLength: 4 }), fc.nat(9999), (text, entries, position) => {
      const fields = read(`1\t${position}\t.\tN\t${text}\t.\t.\t${entries.join(';')}`)
      const place = { contig: '1', position, ref: 'N', alt: text, allele: 1, alleles: 1 }
      const answer = readStructural(place, fields)
      if (!answer.known) {
        assert.ok(answer.because[0].length > 10)
        return
      }
      readable += 1
      const { stretch, slack } = answer.value
      assert.ok(stretch === undefined || stretch.begin <= stretch.end, text)
      assert.ok(slack === undefined || slack >= 0)
    }),
    { numRuns: 5000, seed: 2811 },
  )
  assert.ok(readable > 500, String(readable))
})
