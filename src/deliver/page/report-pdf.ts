import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js'
import type { Labelled } from './identity-part.ts'
import { Blocks, INNER_WIDTH } from './pdf-block.ts'
import { drugDetails } from './pdf-drug-details.ts'
import { actList, drugTables, otherDrugs } from './pdf-drugs.ts'
import { BOX, FONTS, Speller } from './pdf-font.ts'
import { geneDetails, geneTable } from './pdf-genes.ts'
import type { ReportInput } from './report-input.ts'
import { type ReportModel, reportModel } from './report-model.ts'

/** The clinician report as a PDF for A4. The same input gives the same bytes: its creation date is the report's date. */
export async function reportPdf(input: ReportInput): Promise<Buffer> {
  const { default: pdfmake } = await import('pdfmake')
  const files = new Set(Object.values(FONTS).flatMap((font) => Object.values(font)))
  pdfmake.setFonts(FONTS)
  pdfmake.setUrlAccessPolicy(() => false)
  pdfmake.setLocalAccessPolicy((path) => files.has(path))
  return pdfmake.createPdf(definition(reportModel(input))).getBuffer()
}

function definition(model: ReportModel): TDocumentDefinitions {
  const speller = new Speller()
  const blocks = new Blocks(speller)
  const { identity, engine } = model
  const content = [
    ...head(blocks, model),
    ...actPart(blocks, model),
    ...drugTables(blocks, model.drugs),
    ...geneTable(blocks, model.genes),
    ...drugDetails(blocks, model.drugs.details),
    ...otherDrugs(blocks, model.drugs.others),
    ...geneDetails(blocks, model.geneDetails),
    ...closing(blocks, model),
  ]
  if (speller.missed) content.splice(2, 0, missedNote(blocks))
  const running = `${identity.name} · reported ${identity.reportedOn}`
  return {
    content,
    pageSize: 'A4',
    pageMargins: [40, 44, 40, 46],
    defaultStyle: { font: 'Roboto', fontSize: 8.8, lineHeight: 1.14, color: '#1c2430' },
    language: 'en',
    displayTitle: true,
    version: '1.7',
    info: {
      title: `Pharmacogenomic report: ${identity.name}, ${identity.reportedOn}`,
      creator: engine,
      producer: engine,
      creationDate: new Date(`${identity.reportedOn}T00:00:00Z`),
    },
    header: (page) => (page === 1 ? null : blocks.soft(running, { margin: [40, 22, 40, 0] })),
    footer: (page, pages) => ({
      columns: [
        blocks.soft(`${engine} · Decision support for professionals. Not a medical device.`),
        blocks.soft(`Page ${page} of ${pages}`, { alignment: 'right', width: 80 }),
      ],
      margin: [40, 16, 40, 0],
    }),
    // A heading never stands alone at the foot of a page.
    pageBreakBefore: (node, around) =>
      node.headlineLevel !== undefined &&
      around.getFollowingNodesOnPage().length < 3 &&
      around.getNodesOnNextPage().length > 0,
  }
}

function head(blocks: Blocks, { identity }: ReportModel): Content[] {
  const rows = (list: readonly Labelled[]) => blocks.facts(list.map(({ label, value }) => [label, value]))
  return [
    blocks.text('Pharmacogenomic report', { color: '#51596a', bold: true, fontSize: 10 }),
    blocks.text(identity.name, { fontSize: 18, bold: true }),
    rule(1.2),
    { columns: [rows(identity.patient), rows(identity.test)], columnGap: 20, margin: [0, 5, 0, 4] },
    rule(0.5),
  ]
}

const rule = (lineWidth: number): Content => ({
  canvas: [{ type: 'line', x1: 0, y1: 0, x2: INNER_WIDTH, y2: 0, lineWidth }],
})

function missedNote(blocks: Blocks): Content {
  return blocks.soft(
    `${BOX} stands for a character that the fonts of this PDF cannot print. The HTML report prints it.`,
  )
}

function actPart(blocks: Blocks, { summary, drugs, interactions }: ReportModel): Content[] {
  return [
    blocks.h2('Act on these'),
    blocks.text(summary, { bold: true, fontSize: 10 }),
    ...actList(blocks, 'Taken or considered now', drugs.now),
    ...actList(blocks, 'Not known for a drug taken or considered now', drugs.open),
    ...(drugs.notes.length === 0
      ? []
      : [blocks.h3('To know about this list'), { ul: drugs.notes.map((note) => blocks.text(note)) }]),
    ...interactionList(blocks, interactions),
    ...actList(blocks, 'If ever prescribed', drugs.later, 'later'),
  ]
}

function interactionList(blocks: Blocks, lines: ReportModel['interactions']): Content[] {
  const [first, ...others] = lines.map((line) =>
    blocks.strip(line.mark, `${line.drugs} (${line.gene})`, line.sentence, `Sources: ${line.sources}`),
  )
  if (first === undefined) return []
  return [{ stack: [blocks.h3('Drug, drug and gene together'), first], unbreakable: true }, ...others]
}

function closing(blocks: Blocks, model: ReportModel): Content[] {
  return [
    blocks.h2('Limits of this report'),
    { ul: model.limits.map((limit) => blocks.text(limit)) },
    blocks.h2('Versions'),
    blocks.text(`Made by ${model.engine} on ${model.identity.reportedOn} from these fact packs:`),
    blocks.table(
      ['Pack', 'What it is', 'Licence'],
      [150, '*', 150],
      model.packs.map((pack) => [
        blocks.text(pack.ref, { bold: true }),
        blocks.text(pack.title),
        blocks.text(pack.licence),
      ]),
    ),
    blocks.h2('Make this report again'),
    blocks.text('The same file and the same facts give the same report:', { margin: [0, 0, 0, 2] }),
    blocks.text(model.rerun, { fontSize: 8, background: '#f5f7fa' }),
  ]
}
