import { placeOf, type TableRow } from '../../intake/table-rows.ts'
import { variantReader } from '../../intake/tumor/table/variant-columns.ts'
import type { Oncogenicity } from '../../interpret/finding/tumor.ts'
import {
  oncogenicityOf,
  readOncogenicityCodes,
  statedCode,
  tumorFinding,
} from '../../interpret/tumor/tumor.ts'
import { acmgCriteria } from '../../knowledge/acmg/criteria.ts'
import { Facts } from '../../knowledge/facts.ts'
import { oncogenicityFacts } from '../../knowledge/tumor/oncogenicity-evidence.ts'
import { type OncogenicityRules, oncogenicityRules } from '../../knowledge/tumor/oncogenicity-sop.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { tableRows } from '../command-line/table-rows.ts'
import { readConfig } from '../config.ts'
import { assemblyOf } from './assembly.ts'
import { readEstablished, readHotspots } from './hotspot-table.ts'
import { oncogenicityText } from './oncogenicity-text.ts'
import { readSiteTables } from './site-tables.ts'

const CRITERIA = ['criteria', 'codes', 'codes_met', 'oncogenicity_criteria']
const NAMES = ['variant', 'name', 'hgvs', 'hgvsp', 'hgvsp_short', 'protein_change', 'hgvsc', 'id']

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
  return table(file!, input, io, facts, rules)
}

function ofCodes(text: string, where: string, source: string, rules: OncogenicityRules): Oncogenicity {
  return oncogenicityOf(
    readOncogenicityCodes(text, where).map((code) => statedCode(code, source, rules)),
    rules,
  )
}

type Answer = (row: TableRow) => Oncogenicity

/** Rows with codes are combined; rows with variants are assessed first. */
async function answerer(
  header: readonly string[],
  file: string,
  input: Arguments,
  facts: Facts,
  rules: OncogenicityRules,
): Promise<Answer> {
  const named = input.text('column')
  const at = placeOf(header, named === undefined ? CRITERIA : [named.toLowerCase()])
  if (at >= 0) return ({ line, cells }) => ofCodes(cells[at] ?? '', `${file}:${line}`, `line ${line}`, rules)
  if (named !== undefined)
    throw new Fault(
      'CRITERIA_COLUMN_MISSING',
      `${file}:1`,
      `the table has no column "${named}"`,
      `It has: ${header.join(', ')}.`,
    )
  const scores = acmgCriteria(facts)
  const evidence = oncogenicityFacts(facts)
  const variant = variantReader(header, file, scores.missenseTools)
  const site = await readSiteTables(facts)
  const hotspots = (await readHotspots(input.texts('hotspots'))) ?? site.hotspots
  const established = (await readEstablished(input.text('established'))) ?? site.established
  const malignancy = input.text('diagnosis')
  const given = {
    ...(hotspots === undefined ? {} : { hotspots }),
    ...(established === undefined ? {} : { established }),
    ...(malignancy === undefined ? {} : { malignancy }),
  }
  const assembly = assemblyOf(input) ?? 'GRCh38'
  return ({ cells, line }) => {
    const row = variant(cells, line, assembly)
    return tumorFinding(undefined, { ...given, ...row.variant.annotation, ...row }, evidence, rules, scores)
      .oncogenicity
  }
}

async function table(
  file: string,
  input: Arguments,
  io: Io,
  facts: Facts,
  rules: OncogenicityRules,
): Promise<ExitCode> {
  let exit: ExitCode = 0
  let header: readonly string[] = []
  let answerOf: Answer | undefined
  for await (const row of tableRows(file)) {
    if (answerOf === undefined) {
      header = row.cells
      answerOf = await answerer(header, file, input, facts, rules)
      continue
    }
    const variant = nameOf(header, row.cells)
    try {
      const answer = answerOf(row)
      if (answer.criteria.some(({ state }) => state === 'not-assessed')) exit = 1
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

/** The name of a row for a reader: its gene and the first name that it has. */
function nameOf(header: readonly string[], cells: readonly string[]): string {
  const cell = (names: readonly string[]) =>
    names.map((name) => cells[header.indexOf(name)] ?? '').find(Boolean)
  const place = ['chrom', 'pos', 'ref', 'alt'].map((name) => cells[header.indexOf(name)] ?? '')
  return [
    cell(['symbol', 'gene', 'hugo_symbol']),
    cell(NAMES) ?? (place.every(Boolean) ? place.join('-') : undefined),
  ]
    .filter((one) => one !== undefined)
    .join(' ')
}
