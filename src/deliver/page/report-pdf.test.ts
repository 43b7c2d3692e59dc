import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleCase } from '../../../test/support/example-case.ts'
import { BOX, Speller } from './pdf-font.ts'
import { reportPdf } from './report-pdf.ts'

const { record, findings, plan } = exampleCase
const input = { record, findings, plan, reportedOn: '2026-11-22', packs: [] }

test('the same input gives the same bytes, dated by the report', async () => {
  const first = await reportPdf(input)
  assert.equal(first.subarray(0, 8).toString('latin1'), '%PDF-1.7')
  assert.ok(first.includes('D:20261122000000Z'))
  assert.ok(first.equals(await reportPdf(input)))
})

test('another date gives other bytes', async () => {
  assert.ok(!(await reportPdf(input)).equals(await reportPdf({ ...input, reportedOn: '2026-11-23' })))
})

test('letters come from the main font, arrows from the second, in one order', () => {
  const speller = new Speller()
  assert.deepEqual(speller.runs('≥3.0 *1 → ≤2'), [
    { text: '≥3.0 *1 ' },
    { text: '→', font: 'DejaVu' },
    { text: ' ≤2' },
  ])
  assert.deepEqual(speller.runs('Łukasz Ωμέγα Юлія'), [{ text: 'Łukasz Ωμέγα Юлія' }])
  assert.equal(speller.missed, false)
})

test('a character without a glyph, or of a script written from the right, becomes a box and is remembered', () => {
  for (const name of ['李雷', 'דוד']) {
    const speller = new Speller()
    assert.deepEqual(speller.runs(name), [{ text: BOX.repeat([...name].length), font: 'DejaVu' }])
    assert.equal(speller.missed, true)
  }
})

test('control characters become spaces', () => {
  assert.deepEqual(new Speller().runs('a\u0000b\nc'), [{ text: 'a b c' }])
})

test('a name that the fonts lack does not stop the report', async () => {
  const pdf = await reportPdf({ ...input, record: { ...record, name: '李雷 <b>' } })
  assert.ok(pdf.length > 10_000)
})
