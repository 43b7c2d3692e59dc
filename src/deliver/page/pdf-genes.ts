import type { Content } from 'pdfmake/interfaces.js'
import type { GeneDetail, GeneLine, MissingGroup } from './gene-part.ts'
import type { Blocks } from './pdf-block.ts'

export function geneTable(blocks: Blocks, lines: readonly GeneLine[]): Content[] {
  return [
    blocks.h2('By gene'),
    blocks.soft(
      'Every gene looked at. Where a drug now taken changes an enzyme, the phenotype to expect stands below the genetic one.',
    ),
    blocks.table(
      ['Gene', 'Result', 'Phenotype', 'Activity score', 'How sure'],
      [52, 110, 118, 50, '*'],
      lines.map((line) => [
        blocks.text(line.gene, { bold: true }),
        line.results.length > 0
          ? { stack: line.results.map((one) => blocks.text(one, { bold: true })) }
          : blocks.soft('not known'),
        phenotype(blocks, line),
        {
          stack: [
            blocks.lines(line.activityScores, '–'),
            ...(line.clinical?.activityScore === undefined
              ? []
              : [blocks.soft('with drugs'), blocks.text(line.clinical.activityScore)]),
          ],
        },
        { stack: line.sure.map((one) => blocks.text(one, { fontSize: 8 })) },
      ]),
    ),
  ]
}

function phenotype(blocks: Blocks, { phenotypes, clinical, known }: GeneLine): Content {
  const genetic =
    phenotypes.length > 0
      ? blocks.text(phenotypes.join(' or '))
      : blocks.soft(known ? 'none assigned' : 'not known')
  if (clinical === undefined) return genetic
  return {
    stack: [
      blocks.soft('by genotype'),
      genetic,
      blocks.soft('with current drugs'),
      {
        text: [
          ...blocks.text(clinical.phenotype).text.map((run) => ({ ...run, bold: true })),
          ...blocks.text(` (${clinical.because})`).text,
        ],
      },
    ],
  }
}

export function geneDetails(blocks: Blocks, details: readonly GeneDetail[]): Content[] {
  return details.flatMap((one, i) =>
    geneDetail(blocks, one, i === 0 ? [blocks.h2('Each gene in detail')] : []),
  )
}

function geneDetail(blocks: Blocks, one: GeneDetail, title: readonly Content[]): Content[] {
  return [
    { stack: [...title, ...geneHead(blocks, one)], unbreakable: true },
    ...candidates(blocks, one),
    ...blocks.list('Changed by drugs now taken', one.conversions),
    ...blocks.list('What this kind of data cannot show', one.blindTo),
    ...missing(blocks, one.missing),
    ...(one.notExcluded.length > 0
      ? [blocks.titled('Alleles that could not be excluded: ', one.notExcluded.join(', '))]
      : []),
    ...blocks.list('Bases that no definition knows', one.undocumented),
    ...blocks.list('Other positions that advice uses', one.extraPositions),
    ...blocks.list('How this was read', one.why),
  ]
}

function geneHead(blocks: Blocks, one: GeneDetail): Content[] {
  return [
    {
      text: [
        ...blocks.text(one.line.gene).text.map((run) => ({ ...run, bold: true })),
        { text: '   ' },
        ...blocks.text(one.line.resultText).text,
      ],
      fontSize: 10.5,
      margin: [0, 9, 0, 2],
      outline: true,
      outlineText: one.line.gene,
    },
    blocks.facts([
      ...(one.alleles.length > 0 ? [['Alleles', one.alleles.join('; ')] as const] : []),
      ['Read', one.read],
    ]),
  ]
}

function candidates(blocks: Blocks, { candidates: rows, population }: GeneDetail): Content[] {
  if (rows.length < 2) return []
  const title = `Diplotypes that fit the data. Probabilities: ${population ?? 'no population'}.`
  const table = blocks.table(
    ['Diplotype', 'Phenotype', 'Activity score', 'Probability', 'Reported'],
    [150, 150, 65, 55, 40],
    rows.map((row) => [
      blocks.text(row.name, { bold: row.reported }),
      blocks.text(row.phenotype),
      blocks.text(row.activityScore),
      blocks.text(row.probability),
      blocks.text(row.reported ? 'yes' : 'no'),
    ]),
  )
  return [{ stack: [blocks.soft(title, { margin: [0, 4, 0, 0] }), table], unbreakable: rows.length < 20 }]
}

function missing(blocks: Blocks, groups: readonly MissingGroup[]): Content[] {
  return groups.map(({ because, positions }) => {
    const names = positions.map((one) =>
      one.alleles.length > 0 ? `${one.name} decides ${one.alleles.join(', ')}` : one.name,
    )
    const count = `${positions.length} ${positions.length === 1 ? 'position' : 'positions'} not seen`
    return blocks.titled(`${count}, ${because}: `, `${names.join('; ')}.`)
  })
}
