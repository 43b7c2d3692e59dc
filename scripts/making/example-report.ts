// Writes examples/report.pdf: an invented laboratory's report about an example person, to be read and confirmed on the page.
// Run with Node 24: node scripts/making/example-report.ts. The same text gives the same bytes.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pdfmake from 'pdfmake'
import { FONTS } from '../../src/deliver/page/pdf-font.ts'

const files = new Set(Object.values(FONTS).flatMap((font) => Object.values(font)))
pdfmake.setFonts(FONTS)
pdfmake.setUrlAccessPolicy(() => false)
pdfmake.setLocalAccessPolicy((path) => files.has(path))

const bytes = await pdfmake
  .createPdf({
    info: { title: 'Pharmacogenetic report', creationDate: new Date('2026-11-16T00:00:00Z') },
    pageSize: 'A4',
    defaultStyle: { font: 'Roboto', fontSize: 10 },
    content: [
      { text: 'Example laboratory: pharmacogenetic report', fontSize: 15, margin: [0, 0, 0, 12] },
      { columns: ['Patient Name: Three, Example', 'Date of Birth: 1989-06-25'] },
      { columns: ['Specimen: saliva', 'Report Date: 2026-11-16'], margin: [0, 4, 0, 12] },
      {
        table: {
          headerRows: 1,
          widths: ['*', '*', '*'],
          body: [
            ['Gene', 'Genotype', 'Phenotype'],
            ['CYP2D6', '*1/*1x2', 'Ultrarapid Metabolizer'],
            ['CYP2C19', '*1/*1', 'Normal Metabolizer'],
          ],
        },
      },
      { text: 'An invented report about nobody.', margin: [0, 24, 0, 0], color: '#666666' },
    ],
  })
  .getBuffer()
writeFileSync(join(fileURLToPath(new URL('../..', import.meta.url)), 'examples', 'report.pdf'), bytes)
process.stdout.write(`report.pdf ${bytes.length} bytes\n`)
