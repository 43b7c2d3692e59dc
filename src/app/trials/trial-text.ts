import type { ClauseAnswer, Reason } from '../../decide/enrol/explain.ts'
import type { Feasibility } from '../../decide/enrol/feasibility.ts'
import type { TrialAnswer } from './trial-answer.ts'

/** The trials of one person for a reader: the verdict, and each criterion that bore on it. */
export function matchText(patient: string, answers: readonly TrialAnswer[]): string {
  if (answers.length === 0) return `${patient}\n  no trial: every one has a criterion that is not met\n`
  const lines = [patient]
  for (const { protocol, nctId, title, where, clauses } of answers) {
    const name = [nctId, title].filter((one) => one !== undefined).join(' ')
    lines.push(`  ${protocol}${name === '' ? '' : `  ${name}`}`)
    if (where !== undefined) lines.push(`    ${where.verdict.padEnd(8)} site: ${where.because}`)
    for (const one of clauses) lines.push(...clauseLines(one))
  }
  return `${lines.join('\n')}\n`
}

function clauseLines({ level, code, suspended, verdict, reasons, next }: ClauseAnswer): string[] {
  const closed = suspended ? '  (suspended)' : ''
  return [
    `    ${verdict.padEnd(8)} ${level}${code === '' ? '' : ` ${code}`}${closed}`,
    ...reasons.map(reasonLine),
    ...(next === undefined ? [] : [`               least test that settles something: ${next}`]),
  ]
}

function reasonLine({ criterion, verdict, because, missing }: Reason): string {
  const settled = missing?.settledBy === undefined ? '' : ` -> ${missing.settledBy}`
  return `      ${verdict.padEnd(8)} ${criterion}: ${because}${settled}`
}

/** Who could enter a trial, and what each criterion costs. */
export function feasibilityText(clauses: readonly Feasibility[]): string {
  return clauses
    .map(({ protocol, path, counts, criteria }) => {
      const { met, unknown, notMet } = counts
      const rows = criteria.map((one) =>
        [one.met, one.unknown, one.notMet, one.costs, one.wouldSettle]
          .map((count) => String(count).padStart(9))
          .join(''),
      )
      return [
        `${protocol}  ${path}`,
        `  ${met} met, ${unknown} unknown, ${notMet} not met`,
        `  ${['met', 'unknown', 'not met', 'costs', 'settles'].map((name) => name.padStart(9)).join('')}  criterion`,
        ...rows.map((row, i) => `  ${row}  ${criteria[i]!.criterion}`),
        '',
      ].join('\n')
    })
    .join('\n')
}
