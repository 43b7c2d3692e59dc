import type { Content } from 'pdfmake/interfaces.js'
import type { DoseDetail, DrugDetail, DrugLine, DrugPart, RecommendationDetail } from './drug-part.ts'
import { LOOKS } from './mark.ts'
import { type Blocks, INNER_WIDTH } from './pdf-block.ts'

export function actList(blocks: Blocks, title: string, lines: readonly DrugLine[]): Content[] {
  if (lines.length === 0) return []
  const [first, ...others] = lines.map((line) => {
    const small = [line.status === 'reference' ? '' : line.status, ...line.basis, line.who, ...line.caveats]
    return blocks.strip(line.mark, line.drug, line.headline, small.filter((one) => one !== '').join(' · '))
  })
  return [{ stack: [blocks.h3(title), first!], unbreakable: true }, ...others]
}

export function drugTables(blocks: Blocks, { table, notKnown, quiet }: DrugPart): Content[] {
  const content: Content[] = [blocks.h2('By drug')]
  if (table.length > 0) {
    content.push(
      blocks.soft('Drugs that need a change or a thought, and every drug taken or considered'),
      blocks.table(
        ['Drug', 'What to do', 'Because of', 'Who says so (strength)'],
        [98, '*', 130, 82],
        table.map((line) => [
          {
            stack: [
              blocks.text(line.drug, { bold: true }),
              ...(line.status === 'reference' ? [] : [blocks.soft(line.status)]),
              blocks.mark(line.mark),
            ],
          },
          {
            stack: [
              blocks.text(line.headline),
              ...(line.caveats.length > 0 ? [blocks.soft(line.caveats.join('; '), { italics: true })] : []),
            ],
          },
          blocks.lines(line.basis, 'no gene result'),
          line.who === '' ? blocks.soft('no recommendation') : blocks.text(line.who),
        ]),
      ),
    )
  } else content.push(blocks.text('No drug needs a change.'))
  if (notKnown.length > 0)
    content.push(
      blocks.soft('Not known: drugs with a guideline whose gene results are missing. Nothing was assumed.'),
      blocks.table(
        ['Drugs', 'Not known, because'],
        [200, '*'],
        notKnown.map((one) => [blocks.text(one.drugs.join(', '), { bold: true }), blocks.text(one.because)]),
      ),
    )
  if (quiet.length > 0)
    content.push(
      blocks.soft('No change: drugs for which these genes ask for nothing unusual'),
      blocks.table(
        ['Drug', 'Result', 'What publishers say'],
        [90, 165, '*'],
        quiet.map((one) => [
          blocks.text(one.drug),
          blocks.lines(one.basis, 'no gene result'),
          {
            stack: one.says.map((say) => ({
              text: [...blocks.text(say.text).text, ...blocks.links(say.links)],
            })),
          },
        ]),
      ),
    )
  return content
}

export function drugDetails(blocks: Blocks, details: readonly DrugDetail[]): Content[] {
  if (details.length === 0) return []
  return [blocks.h2('Each drug in detail'), ...details.flatMap((one) => drugDetail(blocks, one))]
}

function drugDetail(blocks: Blocks, one: DrugDetail): Content[] {
  const [first, ...others] = [
    ...one.recommendations.map((rec) => recommendation(blocks, rec)),
    ...one.doses.map((dose) => doseBlock(blocks, dose)),
    ...blocks.list('Not known', one.missing),
    ...blocks.list('What would change this answer', one.wouldChange),
  ]
  return [{ stack: [...drugHead(blocks, one), first!], unbreakable: true }, ...others]
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
        { stack: [blocks.mark(line.mark)], width: '*', margin: [0, 1.5, 0, 0] },
      ],
      columnGap: 10,
      margin: [0, 8, 0, 1],
    },
    blocks.text(line.headline, { bold: true }),
    blocks.soft(line.status === 'reference' ? one.codes : `${one.codes} · ${line.status}`),
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
      ? one.population
      : `${one.population}. Whether this patient belongs to it: ${one.asks}.`
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
      ['Strength', one.strength],
      ['Meant for', meant],
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
