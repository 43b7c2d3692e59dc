import { MADE_FROM_OTHERS, SOURCE_PARAM } from '../../record/made-from.ts'
import type { Restriction } from '../../record/resource-query.ts'
import { consentSql } from './consent-clause.ts'
import type { Bind } from './statement.ts'

/**
 * What may be seen of the rows of `alias`, as " and …" behind a WHERE. Every statement that reads resource or
 * resource_version carries it, inside chains, `_has`, includes and history too: nothing is filtered afterwards.
 */
export function restrictionSql(within: Restriction, alias: string, bind: Bind): string {
  return [...ownTerms(within, alias, bind), ...madeFromSeen(within, alias, bind)]
    .map((term) => ` and ${term}`)
    .join('')
}

function ownTerms(within: Restriction, alias: string, bind: Bind): readonly string[] {
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
  return terms
}

/**
 * What was made from other resources of the same person is seen by who may see each of them: by their labels as they are
 * now, and by what the person says of them. Which types a caller works with is not asked of the sources.
 */
function madeFromSeen({ hiddenLabels, consent }: Restriction, alias: string, bind: Bind): readonly string[] {
  const within = { types: undefined, compartments: undefined, hiddenLabels, consent }
  const seen = ownTerms(within, 'made_of', bind)
  if (seen.length === 0) return []
  return [
    `(not (${alias}.labels && array['${MADE_FROM_OTHERS}']) or not exists (
      select 1 from resource_index made_by join resource made_of on made_of.tenant_id = made_by.tenant_id
        and made_of.patient_id = made_by.patient_id and made_of.type = made_by.qualifier and made_of.id = made_by.value
      where made_by.tenant_id = ${alias}.tenant_id and made_by.patient_id = ${alias}.patient_id
        and made_by.type = ${alias}.type and made_by.id = ${alias}.id and made_by.param = '${SOURCE_PARAM}'
        and not (${seen.join(' and ')})))`,
  ]
}

/** One value as an equality: the planner then knows that the question is about one person alone. */
function oneOf(column: string, values: readonly string[], bind: Bind): string {
  return values.length === 1 ? `${column} = ${bind(values[0])}` : `${column} = any(${bind(values)}::text[])`
}
