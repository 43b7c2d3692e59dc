import type { Content } from 'pdfmake/interfaces.js'
import { FONTS } from '../../src/deliver/page/pdf-font.ts'

/** A laboratory's report as a PDF: headings, a box about the person, and tables. */
export async function labPdf(content: readonly Content[]): Promise<Uint8Array> {
  const { default: pdfmake } = await import('pdfmake')
  const files = new Set(Object.values(FONTS).flatMap((font) => Object.values(font)))
  pdfmake.setFonts(FONTS)
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => files.has(path))
  return pdfmake
    .createPdf({ content: [...content], pageSize: 'LETTER', defaultStyle: { font: 'Roboto', fontSize: 10 } })
    .getBuffer()
}

export const table = (...rows: readonly (readonly string[])[]): Content => ({
  table: { headerRows: 1, widths: rows[0]!.map(() => '*'), body: rows.map((row) => [...row]) },
  margin: [0, 6, 0, 12],
})
