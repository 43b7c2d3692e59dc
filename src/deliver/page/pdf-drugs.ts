import type { Content } from 'pdfmake/interfaces.js'
import type {
  DoseDetail,
  DrugDetail,
  DrugLine,
  DrugPart,
  QuietDrug,
  RecommendationDetail,
} from './drug-part.ts'
import { LOOKS } from './mark.ts'
import { type Blocks, INNER_WIDTH } from './pdf-block.ts'

export function actList(
  blocks: Blocks,
  title: string,
  lines: readonly DrugLine[],
  kind: 'now' | 'later' = 'now',
): Content[] {
  const [first, ...others] = lines.map((line) =>
    blocks.strip(line.mark, line.drug, line.headline, line.small, kind),
  )
  return first === undefined ? [] : [{ stack: [blocks.h3(title), first], unbreakable: true }, ...others]
}

export function drugTables(blocks: Blocks, { table, notKnown, quiet }: DrugPart): Content[] {
  const content: Content[] = [blocks.h2('By drug')]
  if (table.length > 0) {
    content.push(
      blocks.soft('Drugs that need a change or a remark, and every drug taken or considered'),
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
      blocks.titled('No change. These genes ask for nothing unusual with: ', `${quiet.join(', ')}.`),
    )
  return content
}

/** Drugs that need no change: what publishers say of each, in one row. */
export function otherDrugs(blocks: Blocks, drugs: readonly QuietDrug[]): Content[] {
  if (drugs.length === 0) return []
  return [
    blocks.h2('Other drugs: what publishers say'),
    blocks.soft('Drugs not taken that need no change'),
    blocks.table(
      ['Drug', 'Result', 'What publishers say'],
      [80, 130, '*'],
      drugs.map((one) => [
        blocks.text(one.drug, { bold: true }),
        blocks.lines(one.basis, 'no gene result'),
        {
          stack: one.says.map((say) => ({
            text: [...blocks.text(say.text).text, ...blocks.links(say.links)],
          })),
        },
      ]),
    ),
  ]
}

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
