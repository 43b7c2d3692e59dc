import assert from 'node:assert/strict'
import { test } from 'node:test'
import { foreignFile } from './foreign-file.ts'

const bytes = (text: string) => Buffer.from(text, 'latin1')

const KNOWN: readonly (readonly [string, string, RegExp])[] = [
  ['BCF\x02\x02', 'this is BCF, the binary form', /bcftools view/],
  ['PK\x03\x04rest', 'this is a ZIP archive', /^Unpack it/],
  ['BAM\x01', 'this holds reads, not genotypes', /^Call variants first/],
  ['CRAM\x03\x00', 'this holds reads, not genotypes', /^Call variants first/],
  ['%PDF-1.7\n', 'this is a PDF', /under Documents/],
  ['\xff\xfe#\x00', 'this is text in UTF-16', /UTF-8/],
  ['\x01\x02\x00', 'this is not a text file', /^Send the text/],
]
for (const [start, what, mend] of KNOWN)
  test(`${JSON.stringify(start)}: ${what}, and what to do`, () => {
    const found = foreignFile(bytes(start))
    assert.equal(found?.what, what)
    assert.match(found.mend, mend)
  })

test('text is nothing foreign, also where it begins with the letters of a format', () => {
  for (const text of ['Gene\tFusion\n', 'BAMBI\t1\n', 'PKD1\tloss\n', 'BCFA\t2\n'])
    assert.equal(foreignFile(bytes(text)), undefined, text)
})
