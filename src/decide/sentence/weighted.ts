import type { Action } from '../../knowledge/guideline/guideline-rule.ts'

const GERUND: Readonly<Record<string, string>> = {
  adjust: 'adjusting',
  avoid: 'avoiding',
  first: 'first determining',
  give: 'giving',
  increase: 'increasing',
  monitor: 'monitoring',
  reduce: 'reducing',
  set: 'setting',
  start: 'starting',
  titrate: 'titrating',
  use: 'using',
}

/** Puts the weight of the guideline's own words on a clause: "consider using 75% of the standard dose". */
export function weighted(action: Action, clause: string): string {
  if (clause === '' || action.wording === undefined || action.wording === 'recommended') return clause
  if (action.wording === 'strongly-recommended') return `${clause} (strongly recommended)`
  if (clause.startsWith('use an alternative')) return `consider ${clause.slice(4)}`
  if (clause.startsWith('do not exceed')) return `consider a limit of${clause.slice(13)}`
  if (clause.startsWith('first determine')) return `consider first determining${clause.slice(15)}`
  const verb = clause.split(' ', 1)[0]!
  const gerund = GERUND[verb]
  return gerund === undefined ? `consider: ${clause}` : `consider ${gerund}${clause.slice(verb.length)}`
}
