import type { Restriction } from '../../record/resource-query.ts'
import { consentSql } from './consent-clause.ts'
import type { Bind } from './statement.ts'

/**
 * What may be seen of the rows of `alias`, as " and …" behind a WHERE. Every statement that reads resource or
 * resource_version carries it, inside chains, `_has`, includes and history too: nothing is filtered afterwards.
 */
export function restrictionSql(within: Restriction, alias: string, bind: Bind): string {
  const terms: string[] = []
  if (within.types !== undefined) terms.push(oneOf(`${alias}.type`, within.types, bind))
  if (within.compartments !== undefined) {
    terms.push(oneOf(`${alias}.patient_id`, within.compartments, bind))
  }
  if (within.hiddenLabels.length > 0) {
    terms.push(`not (${alias}.labels && ${bind(within.hiddenLabels)}::text[])`)
  }
  for (const { type, codes } of within.about ?? []) {
    terms.push(`(${alias}.type <> ${bind(type)} or ${alias}.codes && ${bind(codes)}::text[])`)
  }
  const consent = consentSql(within.consent, alias, bind)
  if (consent !== 'true') terms.push(consent)
  return terms.map((term) => ` and ${term}`).join('')
}

/** One value as an equality: the planner then knows that the question is about one person alone. */
function oneOf(column: string, values: readonly string[], bind: Bind): string {
  return values.length === 1 ? `${column} = ${bind(values[0])}` : `${column} = any(${bind(values)}::text[])`
}
