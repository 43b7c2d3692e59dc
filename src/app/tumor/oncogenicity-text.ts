import type { Oncogenicity, OncogenicityCriterion } from '../../interpret/finding/tumor.ts'
import { packRefText } from '../../terms/evidence.ts'
import { columns } from '../command-line/columns.ts'

const STATES: Readonly<Record<OncogenicityCriterion['state'], string>> = {
  met: '+',
  'not-assessed': '?',
  'not-met': '-',
  'not-used': ' ',
}

/** One classification as the terminal shows it: class, codes (met first, then open ones), what would change it. */
export function oncogenicityText(one: Oncogenicity): string {
  const order = Object.keys(STATES)
  const rows = [...one.criteria]
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
    .map((row) => [
      STATES[row.state],
      row.code,
      row.state === 'met' ? String(row.points) : '',
      `${row.because}${row.facts.map(({ what, source }) => ` [${what}; ${source}]`).join('')}`,
    ])
  const lines = [one.class.replace('-', ' '), ...one.why.map((why) => `  ${why}`)]
  if (rows.length > 0) lines.push(columns(rows))
  if (one.wouldChange.length > 0)
    lines.push('What would change it', columns(one.wouldChange.map((change) => ['', change])))
  lines.push(`Rules ${packRefText(one.ruleSet)}. Decision support for professionals. Not a medical device.`)
  return `${lines.join('\n')}\n`
}
