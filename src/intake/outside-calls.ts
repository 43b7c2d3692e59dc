import type { OutsideCall, SourceFile } from '../record/genotype.ts'
import { Fault } from '../terms/fault.ts'

const COLUMNS = ['gene', 'diplotype', 'phenotype', 'activityScore'] as const
type Column = (typeof COLUMNS)[number]

/** A sheet of more bytes than this is not a list of a few genes. */
export const LONGEST_SHEET = 1 << 20

/**
 * Results of another laboratory or program, as PharmCAT's outside-call sheet writes them: tab-separated gene, diplotype,
 * phenotype and activity score. Any of the last three may stand alone; lines that begin with "#" and empty lines are
 * comments; a first row that names the columns may put them in another order. What is written is kept as it is: whether
 * the gene knows the words is for its interpreter to say. "." means that the laboratory made no call.
 * Throws a fault with the line on anything that is not such a row.
 */
export function readOutsideCalls(text: string, source: SourceFile): OutsideCall[] {
  const { name } = source
  if (text.includes('\0')) {
    throw new Fault(
      'OUTSIDE_NOT_TEXT',
      name,
      'this is not a text file',
      'Save the sheet as tab-separated text.',
    )
  }
  const calls: OutsideCall[] = []
  let order: readonly (Column | undefined)[] = COLUMNS
  let rows = 0
  for (const [i, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    if (raw.trim() === '' || raw.startsWith('#')) continue
    const cells = raw.split('\t').map(unquoted)
    rows += 1
    if (rows === 1 && cells[0]!.toLowerCase() === 'gene') order = headerOrder(cells, `${name}:${i + 1}`)
    else calls.push(rowOf(cells, order, source, i + 1))
  }
  if (calls.length === 0) {
    throw new Fault(
      'OUTSIDE_EMPTY',
      name,
      'the sheet holds no result',
      'Write one row per gene: gene, diplotype, phenotype, activity score, separated by tabs.',
    )
  }
  return calls
}

function rowOf(
  cells: readonly string[],
  order: readonly (Column | undefined)[],
  source: SourceFile,
  line: number,
): OutsideCall {
  const where = `${source.name}:${line}`
  const beyond = cells.findIndex((cell, i) => i >= order.length && cell !== '')
  if (beyond >= 0) {
    throw new Fault(
      'OUTSIDE_COLUMNS',
      where,
      `column ${beyond + 1} holds "${cells[beyond]}", but a row has ${order.length} columns`,
      'Keep to gene, diplotype, phenotype and activity score; put remarks on lines that begin with "#".',
    )
  }
  const value = (column: Column): string | undefined => {
    const cell = cells[order.indexOf(column)]
    return cell === undefined || cell === '' ? undefined : cell
  }
  const gene = value('gene')
  if (gene === undefined || !/^[A-Z][A-Z0-9]*(-[A-Z0-9]+)*$/.test(gene)) {
    const spaced = gene?.includes(' ') === true && cells.length === 1
    throw new Fault(
      'OUTSIDE_GENE_MALFORMED',
      `${where}, gene`,
      `"${gene ?? ''}" is not a gene symbol`,
      spaced
        ? 'Separate the columns with tabs, not spaces.'
        : 'Begin each row with the HGNC symbol, such as CYP2D6 or HLA-B.',
    )
  }
  const diplotype = value('diplotype')
  const phenotype = value('phenotype')
  const activityScore = scoreOf(value('activityScore'), where)
  if (diplotype === undefined && phenotype === undefined && activityScore === undefined) {
    throw new Fault(
      'OUTSIDE_NO_RESULT',
      where,
      `${gene} has no diplotype, phenotype or activity score`,
      'Give at least one of them, or "." as the diplotype when the laboratory made no call.',
    )
  }
  return { gene, diplotype, phenotype, activityScore, source, line }
}

/** "1.25", "≥3.0"; "n/a" is no score. */
function scoreOf(text: string | undefined, where: string): string | undefined {
  if (text === undefined || /^(n\/a|na|none|\.)$/i.test(text)) return undefined
  if (!/^(≥|>=)?\s*\d+(\.\d+)?$/.test(text)) {
    throw new Fault(
      'OUTSIDE_SCORE_MALFORMED',
      `${where}, activity score`,
      `"${text}" is not an activity score`,
      'Write a number such as 1.25 or ≥3.0.',
    )
  }
  return text
}

function headerOrder(cells: readonly string[], where: string): readonly (Column | undefined)[] {
  const order = cells.map((cell) => {
    const word = cell.toLowerCase().replace(/[^a-z]/g, '')
    return COLUMNS.find((column) => column.toLowerCase() === word)
  })
  const unknown = cells.find((cell, i) => cell !== '' && order[i] === undefined)
  if (unknown !== undefined || new Set(order).size !== order.length) {
    throw new Fault(
      'OUTSIDE_COLUMNS',
      where,
      unknown === undefined
        ? 'the header names a column twice'
        : `the header names an unknown column "${unknown}"`,
      'Name the columns gene, diplotype, phenotype and activity score, each once.',
    )
  }
  return order
}

function unquoted(cell: string): string {
  const text = cell.trim()
  return /^".*"$/.test(text) ? text.slice(1, -1).trim() : text
}
