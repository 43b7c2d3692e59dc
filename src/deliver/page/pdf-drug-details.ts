import type { Content } from 'pdfmake/interfaces.js'
import type { DoseDetail, DrugDetail, RecommendationDetail } from './drug-detail.ts'
import { LOOKS } from './mark.ts'
import { type Blocks, INNER_WIDTH } from './pdf-block.ts'

/** One section per drug; its head never parts from its first recommendation. */
export function drugDetails(blocks: Blocks, details: readonly DrugDetail[]): Content[] {
  return details.flatMap((one, i) =>
    drugDetail(blocks, one, i === 0 ? [blocks.h2('Each drug in detail')] : []),
  )
}

function drugDetail(blocks: Blocks, one: DrugDetail, title: readonly Content[]): Content[] {
  const [first, ...others] = [
    ...one.recommendations.map((rec) => recommendation(blocks, rec)),
    ...one.doses.map((dose) => doseBlock(blocks, dose)),
    ...(one.missing.length > 0 ? [blocks.titled('Not known: ', one.missing.join('; '))] : []),
    ...(one.wouldChange.length > 0
      ? [blocks.titled('What would change this answer: ', one.wouldChange.join('; '))]
      : []),
  ]
  return [{ stack: [...title, ...drugHead(blocks, one), first!], unbreakable: true }, ...others]
}

function drugHead(blocks: Blocks, one: DrugDetail): Content[] {
  const { line } = one
  const differ = LOOKS.warning
  return [
    {
      columns: [
        blocks.text(line.drug, {
          bold: true,
          fontSize: 11,
          width: 'auto',
          outline: true,
          outlineText: line.drug,
        }),
        { stack: [blocks.mark(line.mark)], width: 70, margin: [0, 1.5, 0, 0] },
        blocks.soft(line.status === 'reference' ? one.codes : `${one.codes} · ${line.status}`, {
          margin: [0, 2, 0, 0],
        }),
      ],
      columnGap: 10,
      margin: [0, 8, 0, 1],
    },
    blocks.text(line.headline, { bold: true }),
    ...(one.difference === undefined
      ? []
      : [
          {
            table: {
              widths: [INNER_WIDTH - 14],
              body: [
                [
                  {
                    text: [{ text: 'Publishers differ. ', bold: true }, ...blocks.text(one.difference).text],
                  },
                ],
              ],
            },
            layout: boxed(differ.ink, differ.paper),
            margin: [0, 3, 0, 0],
          } satisfies Content,
        ]),
  ]
}

function recommendation(blocks: Blocks, one: RecommendationDetail): Content {
  const meant =
    one.asks === undefined
      ? `${one.strength}; for ${one.population}`
      : `${one.strength}; for ${one.population}. Whether this patient belongs to it: ${one.asks}.`
  return box([
    {
      columns: [
        blocks.text(one.source, { bold: true, width: 'auto' }),
        { stack: [blocks.mark(one.mark)], width: '*' },
      ],
      columnGap: 8,
    },
    blocks.text(one.doThis, { fontSize: 9.5, margin: [0, 2, 0, 3] }),
    blocks.facts([
      ['Why', one.because],
      [
        'Result used',
        blocks.lines([...one.basis, ...(one.ambiguous === undefined ? [] : [one.ambiguous])], 'none'),
      ],
      ['Strength', meant],
      [
        'Source',
        {
          text: [
            ...blocks.text(one.citation).text,
            ...blocks.links(one.links),
            { text: `  ${one.pack}`, color: '#51596a' },
          ],
        },
      ],
    ]),
  ])
}

function doseBlock(blocks: Blocks, one: DoseDetail): Content {
  const missing = `No dose was calculated; missing: ${one.rows.map((row) => row.name).join(', ')}.`
  return box([
    blocks.text(`Dose estimate: ${one.equation}`, { bold: true }),
    blocks.text(one.dose ?? missing, { fontSize: 9.5, margin: [0, 2, 0, 3] }),
    ...(one.dose === undefined
      ? []
      : [
          blocks.facts(
            one.rows.map((row) => [row.name, row.value]),
            110,
          ),
        ]),
    ...blocks.list('Notes', one.notes),
    { text: [...blocks.text(one.citation).text, ...blocks.links(one.links)], fontSize: 8, color: '#51596a' },
  ])
}

function box(stack: Content[]): Content {
  return {
    table: { widths: ['*'], dontBreakRows: true, body: [[{ stack }]] },
    layout: boxed('#d5dae2', undefined),
    margin: [0, 4, 0, 0],
  }
}

const boxed = (line: string, paper: string | undefined) => ({
  hLineWidth: () => 0.7,
  vLineWidth: () => 0.7,
  hLineColor: () => line,
  vLineColor: () => line,
  fillColor: () => paper ?? null,
  paddingLeft: () => 7,
  paddingRight: () => 7,
  paddingTop: () => 4,
  paddingBottom: () => 4,
})
