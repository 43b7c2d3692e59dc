import type { Oncogenicity } from '../../interpret/finding/tumor.ts'
import { oncogenicityOf, readOncogenicityCodes, statedCode } from '../../interpret/tumor/tumor.ts'
import { Facts } from '../../knowledge/facts.ts'
import { type OncogenicityRules, oncogenicityRules } from '../../knowledge/tumor/oncogenicity-sop.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { readConfig } from '../config.ts'
import { placeOf, type TableRow, tableRows } from '../table-rows.ts'
import { oncogenicityText } from './oncogenicity-text.ts'

const CRITERIA = ['criteria', 'codes', 'codes_met', 'oncogenicity_criteria']
const NAMES = ['variant', 'name', 'hgvs', 'hgvsp', 'id']

/** `garrod tumor oncogenicity`: codes in, class out; of one variant, or of every row of a table. */
export async function oncogenicity(input: Arguments, io: Io): Promise<ExitCode> {
  const [, file, ...more] = input.positionals
  const text = input.text('criteria')
  if (more.length > 0 || (text === undefined) === (file === undefined))
    throw new Fault(
      'USAGE_CODES',
      'garrod tumor oncogenicity',
      text === undefined ? 'no codes and no table were given' : 'codes and a table were given',
      'Give --criteria "OVS1,OP4", or one table of variants. See "garrod tumor --help".',
    )
  const facts = Facts.find(readConfig().factFolders, input.texts('pin'))
  const rules = oncogenicityRules(facts)
  if (text !== undefined) {
    const answer = ofCodes(text, '--criteria', 'entered by the user', rules)
    await io.out(input.flag('json') ? `${JSON.stringify(answer)}\n` : oncogenicityText(answer))
    return 0
  }
  return table(file!, input, io, rules)
}

function ofCodes(text: string, where: string, source: string, rules: OncogenicityRules): Oncogenicity {
  return oncogenicityOf(
    readOncogenicityCodes(text, where).map((code) => statedCode(code, source, rules)),
    rules,
  )
}

async function table(file: string, input: Arguments, io: Io, rules: OncogenicityRules): Promise<ExitCode> {
  const named = input.text('column')
  let exit: ExitCode = 0
  let header: readonly string[] | undefined
  let answerOf: ((row: TableRow) => Oncogenicity) | undefined
  for await (const row of tableRows(file)) {
    if (header === undefined || answerOf === undefined) {
      header = row.cells
      const at = placeOf(header, named === undefined ? CRITERIA : [named.toLowerCase()])
      if (at < 0)
        throw new Fault(
          'CRITERIA_COLUMN_MISSING',
          `${file}:1`,
          `the table has no column ${named === undefined ? 'with the codes' : `"${named}"`}`,
          `Name the column with --column; without it one of: ${CRITERIA.join(', ')}.`,
        )
      answerOf = ({ line, cells }) => ofCodes(cells[at] ?? '', `${file}:${line}`, `line ${line}`, rules)
      continue
    }
    const variant = row.cells[placeOf(header, NAMES)] ?? ''
    try {
      const answer = answerOf(row)
      await io.out(
        input.flag('json')
          ? `${JSON.stringify({ line: row.line, variant, ...answer })}\n`
          : `${[variant, answer.class, answer.points, answer.why[0]].join('\t')}\n`,
      )
    } catch (error) {
      // A row that cannot be read has a fault of its own: the rows beside it are still answered.
      if (!(error instanceof Fault)) throw error
      exit = 1
      await io.out(
        input.flag('json')
          ? `${JSON.stringify({ line: row.line, variant, fault: error.toJSON() })}\n`
          : `${[variant, 'not classified', '', `${error.what}; ${error.code}`].join('\t')}\n`,
      )
    }
  }
  return exit
}
