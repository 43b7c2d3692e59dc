import type { Classification, Criterion } from '../../interpret/finding/germline.ts'
import { assess as assessCriteria, classificationOf } from '../../interpret/germline/germline.ts'
import { acmgCombining, panelNamed } from '../../knowledge/acmg/combining.ts'
import { acmgCriteria } from '../../knowledge/acmg/criteria.ts'
import { Facts } from '../../knowledge/facts.ts'
import { Fault } from '../../terms/fault.ts'
import type { Arguments, ExitCode, Io } from '../command.ts'
import { columns } from '../command-line/columns.ts'
import { readConfig } from '../config.ts'
import { readText } from '../read-text.ts'
import { classificationText } from './classify.ts'
import { readEvidence } from './evidence-schema.ts'

/** `garrod germline assess`: evidence of a variant in, its 28 criteria and its class out. */
export async function assess(input: Arguments, io: Io): Promise<ExitCode> {
  const [, file, ...more] = input.positionals
  if (file === undefined || more.length > 0)
    throw new Fault(
      'USAGE_FILE',
      'garrod germline assess',
      file === undefined ? 'no evidence was given' : 'several files were given',
      'Name one JSON file with the evidence of a variant. See "garrod germline --help".',
    )
  const text = await readText(file)
  const facts = Facts.find(readConfig().factFolders, input.texts('pin'))
  const rules = acmgCombining(facts)
  const name = input.text('panel')
  const evidence = readEvidence(text, file)
  const { gene = '' } = evidence.variant
  const panel = name === undefined ? rules.panel(gene) : panelNamed(rules, name, '--panel')
  const criteria = assessCriteria(evidence, acmgCriteria(facts))
  const classification = classificationOf(criteria, rules, panel)
  await io.out(
    input.flag('json')
      ? `${JSON.stringify(classification)}\n`
      : `${criteriaText(criteria)}\n${classificationText(classification)}`,
  )
  return hasGaps(classification) ? 1 : 0
}

function hasGaps({ criteria }: Classification): boolean {
  return criteria.some(({ state }) => state === 'not-assessed')
}

const STATES: Readonly<Record<Criterion['state'], string>> = {
  met: '+',
  'not-met': '-',
  'not-assessed': '?',
  'not-used': ' ',
}

/** One line per criterion; what is met first, then what could not be assessed. */
function criteriaText(criteria: readonly Criterion[]): string {
  const order: readonly Criterion['state'][] = ['met', 'not-assessed', 'not-met', 'not-used']
  const rows = [...criteria]
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    .map((one) => [
      STATES[one.state],
      one.code,
      one.strength ?? '',
      `${one.because}${one.facts.length === 0 ? '' : ` (${one.facts.map(({ what, source }) => `${what}, ${source}`).join('; ')})`}`,
    ])
  return columns(rows)
}
