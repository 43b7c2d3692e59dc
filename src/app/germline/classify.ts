import type { Classification } from '../../interpret/finding/germline.ts'
import { classificationOf, readCriteria, statedCriterion } from '../../interpret/germline/germline.ts'
import { type AcmgCombining, acmgCombining, panelNamed } from '../../knowledge/acmg/combining.ts'
import { Facts } from '../../knowledge/facts.ts'
import { packRefText } from '../../terms/evidence.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { columns } from '../command-line/columns.ts'
import { readConfig } from '../config.ts'
import { type CriteriaRow, criteriaRows } from './classify-table.ts'

/** What one row of a table became: a class, or why there is none. */
type RowAnswer = { readonly row: CriteriaRow } & (
  | { readonly classification: Classification; readonly note: string | undefined }
  | { readonly fault: Fault }
)

/** `garrod germline classify`: criteria in, class out; of one variant, or of every row of a table. */
export async function classify(input: Arguments, io: Io): Promise<ExitCode> {
  const [, file, ...more] = input.positionals
  const text = input.text('criteria')
  if (more.length > 0 || (text === undefined) === (file === undefined))
    throw new Fault(
      'USAGE_CRITERIA',
      'garrod germline classify',
      text === undefined ? 'no criteria were given' : 'criteria and a table were given',
      'Give --criteria "PVS1,PM2_Supporting", or one table of variants with a column "criteria".',
    )
  const rules = acmgCombining(Facts.find(readConfig().factFolders, input.texts('pin')))
  const panel = input.text('panel')
  const chosen = panel === undefined ? undefined : panelNamed(rules, panel, '--panel')
  if (text !== undefined) {
    const criteria = readCriteria(text, '--criteria').map((one) =>
      statedCriterion(one, 'entered by the user'),
    )
    const classification = classificationOf(criteria, rules, chosen)
    await io.out(
      input.flag('json') ? `${JSON.stringify(classification)}\n` : classificationText(classification),
    )
    return 0
  }
  let exit: ExitCode = 0
  for await (const row of criteriaRows(file!)) {
    const answer = rowAnswer(row, rules, chosen?.id, `${file}:${row.line}`)
    if ('fault' in answer || answer.note !== undefined) exit = 1
    await io.out(input.flag('json') ? rowJson(answer) : rowLine(answer))
  }
  return exit
}

/** A row that cannot be read has a fault of its own: the rows beside it are still answered. */
function rowAnswer(
  row: CriteriaRow,
  rules: AcmgCombining,
  chosen: string | undefined,
  where: string,
): RowAnswer {
  try {
    const criteria = readCriteria(row.criteria, where).map((one) => statedCriterion(one, `line ${row.line}`))
    const name = chosen ?? (row.panel === '' ? row.gene : row.panel)
    const panel = name === '' ? undefined : rules.panel(name)
    const note =
      panel === undefined && chosen === undefined && row.panel !== ''
        ? `how "${row.panel}" combines is not known: combined in the general way`
        : undefined
    return { row, classification: classificationOf(criteria, rules, panel), note }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { row, fault: error }
  }
}

function rowJson(answer: RowAnswer): string {
  const { line, variant, criteria } = answer.row
  if ('fault' in answer)
    return `${JSON.stringify({ line, variant, criteria, fault: answer.fault.toJSON() })}\n`
  const { note, classification } = answer
  const { criteria: _, ...rest } = classification
  return `${JSON.stringify({ line, variant, criteria, ...rest, ...(note === undefined ? {} : { note }) })}\n`
}

function rowLine(answer: RowAnswer): string {
  const { variant, criteria } = answer.row
  if ('fault' in answer)
    return `${[variant, 'not classified', '', criteria, `${answer.fault.what}; ${answer.fault.code}`].join('\t')}\n`
  const { class: is, decidedBy, panel, byNewer } = answer.classification
  const newer =
    byNewer === undefined || byNewer.class === is ? '' : `; ${byNewer.class} by ${byNewer.specification}`
  const remark = answer.note ?? (panel === undefined ? '' : `panel ${panel.id}${newer}`)
  return `${[variant, is, decidedBy.clause, criteria, remark].join('\t')}\n`
}

/** One classification as the terminal shows it. */
export function classificationText(one: Classification): string {
  const lines = [one.class.replace('-', ' '), ...one.why.map((why) => `  ${why}`)]
  if (one.wouldChange.length > 0)
    lines.push('What would change it', columns(one.wouldChange.map((change) => ['', change])))
  lines.push(`Rules ${packRefText(one.ruleSet)}. Decision support for professionals. Not a medical device.`)
  return `${lines.join('\n')}\n`
}
