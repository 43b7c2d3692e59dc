import type { Content } from 'pdfmake/interfaces.js'
import type { DrugLine, QuietDrug } from './drug-line.ts'
import type { DrugPart } from './drug-part.ts'
import type { Blocks } from './pdf-block.ts'

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
          stack: [
            ...one.says.map((say) => ({ text: [...blocks.text(say.text).text, ...blocks.links(say.links)] })),
            ...one.missing.map((text) => blocks.soft(`Not known: ${text}`)),
          ],
        },
      ]),
    ),
  ]
}
