import assert from 'node:assert/strict'
import { test } from 'node:test'
import { labPdf, table } from '../../../test/support/lab-pdf.ts'
import { Fault } from '../../terms/fault.ts'
import { readPdfWords } from './pdf-words.ts'
import { type ReportReading, readReport } from './report-facts.ts'

const GENES = new Set(['CYP2C19', 'CYP2D6', 'SLCO1B1', 'BRCA2', 'DPYD'])

async function read(content: Parameters<typeof labPdf>[0]): Promise<ReportReading> {
  return readReport(await readPdfWords(await labPdf(content), 'report.pdf'), (one) => GENES.has(one))
}

test('a table of pharmacogenes: gene, diplotype, phenotype, each with its page and box', async () => {
  const reading = await read([
    'Pharmacogenomic panel',
    table(
      ['Gene', 'Genotype', 'Predicted Phenotype'],
      ['CYP2C19', '*1/*2', 'Intermediate Metabolizer'],
      [
        'CYP2D6',
        '*4/*41x2',
        'Intermediate Metabolizer with a long remark that goes over more than one line of the cell',
      ],
      ['SLCO1B1', '*5/*15', 'Poor Function'],
      ['Total', '3', 'genes'],
    ),
    'End of report. CYP2C19 guidelines: CPIC.',
  ])
  assert.deepEqual(
    reading.facts.map((one) =>
      one.kind === 'pgx-result' ? [one.gene, one.diplotype, one.phenotype] : one.kind,
    ),
    [
      ['CYP2C19', '*1/*2', 'Intermediate Metabolizer'],
      [
        'CYP2D6',
        '*4/*41x2',
        'Intermediate Metabolizer with a long remark that goes over more than one line of the cell',
      ],
      ['SLCO1B1', '*5/*15', 'Poor Function'],
    ],
  )
  const [first] = reading.facts
  assert.equal(first?.at.page, 1)
  assert.ok(first.at.box.left >= 40 && first.at.box.right <= 612 && first.at.box.top > 40)
  assert.match(first.at.text, /CYP2C19 \| \*1\/\*2/)
})

test('a table of variants: HGVS, zygosity, classification', async () => {
  const reading = await read([
    table(
      ['Gene', 'Transcript', 'Variant', 'Zygosity', 'Classification'],
      ['BRCA2', 'NM_000059.4', 'c.5946del p.(Ser1982fs)', 'Heterozygous', 'Pathogenic'],
    ),
  ])
  const [fact] = reading.facts
  assert.ok(fact?.kind === 'variant')
  assert.deepEqual(
    [fact.gene, fact.transcript, fact.cdna, fact.protein, fact.zygosity, fact.classification],
    ['BRCA2', 'NM_000059.4', 'c.5946del', 'p.(Ser1982fs)', 'Heterozygous', 'Pathogenic'],
  )
})

test('results in sentences, told twice, are one; a table says more than a sentence', async () => {
  const reading = await read([
    'Result: CYP2D6 *4/*4 (Poor Metabolizer)',
    'Details below.',
    'Result: CYP2D6 *4/*4 (Poor Metabolizer)',
    'The ABC9 *1/*2 assay is not a gene here.',
  ])
  assert.deepEqual(
    reading.facts.map((one) => (one.kind === 'pgx-result' ? [one.gene, one.diplotype, one.phenotype] : [])),
    [['CYP2D6', '*4/*4', 'Poor Metabolizer']],
  )
})

test('two results of one gene that differ stay two', async () => {
  const reading = await read(['CYP2D6 *4/*4', 'CYP2D6 *1/*4'])
  assert.equal(reading.facts.length, 2)
})

test('whom the report is about', async () => {
  const reading = await read([
    { columns: ['Patient Name: Example Person', 'MRN: 4711'] },
    table(['Date of Birth', '31 May 1980']),
  ])
  assert.equal(reading.identity.name?.value, 'Example Person')
  assert.equal(reading.identity.mrn?.value, '4711')
  assert.equal(reading.identity.birthDate?.value, '1980-05-31')
})

for (const [written, read_] of [
  ['1980-05-31', '1980-05-31'],
  ['May 31, 1980', '1980-05-31'],
  ['31/05/1980', '1980-05-31'],
  ['05/31/1980', '1980-05-31'],
  // Day or month? It is not guessed.
  ['05/06/1980', '05/06/1980'],
] as const)
  test(`born ${written}`, async () => {
    assert.equal((await read([`DOB: ${written}`])).identity.birthDate?.value, read_)
  })

test('no result where none is stated', async () => {
  const reading = await read([
    table(['Gene', 'Result'], ['CYP2C19', 'Not tested'], ['CYP2D6', 'pending']),
    'CYP2C19 was analysed.',
  ])
  assert.deepEqual(reading.facts, [])
})

const CODES: readonly (readonly [string, () => Promise<Uint8Array>, string])[] = [
  ['not a PDF', async () => Buffer.from('hello'), 'PDF_MALFORMED'],
  ['a PDF that was cut', async () => (await labPdf(['text'])).slice(0, 300), 'PDF_MALFORMED'],
  [
    'a page without text',
    async () => labPdf([{ canvas: [{ type: 'rect', x: 0, y: 0, w: 100, h: 100 }] }]),
    'PDF_NO_TEXT',
  ],
]
for (const [what, bytes, code] of CODES)
  test(`${what}: ${code}`, async () => {
    await assert.rejects(
      readPdfWords(await bytes(), 'x.pdf'),
      (error) => error instanceof Fault && error.code === code && error.where === 'x.pdf',
    )
  })
